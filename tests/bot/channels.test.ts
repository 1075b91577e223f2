import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANYBODY, handleFor, ownersOf, placesOwnedBy } from '#src/desk/chats/owners.ts';
import { changeSettings, moveChat, subscribe } from '#src/desk/chats/subscribe.ts';
import { placeSlots } from '#src/store/places.ts';
import { autoEntities } from '#sandbox/telegram/auto.ts';
import type { Person } from '#sandbox/telegram/telegram.ts';
import { openStage, publish, type Stage } from '#testing/desk.ts';
import { channelOf, dataOf, forward, labels, POST, posts, starter, stored, tap, type } from './editor.ts';
import { last, said } from './talk.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  await publish(stage, 'en', { headline: 'A story for the preview', rubrics: ['Society'] });
});
afterAll(() => stage.close());

describe('a channel is bound', () => {
  it('by adding the bot as an administrator: the card comes in private, one tap on it starts the news', async () => {
    const owner = await starter(stage);
    const channel = await channelOf(stage, owner, 'Morning paper');
    expect(last(owner).text).toContain('Morning paper');
    expect(labels(last(owner))).toEqual(expect.arrayContaining(['Беларуская', 'Русский', 'English']));
    expect(await stored(stage, channel)).toBeUndefined();
    const card = await tap(stage, owner, 'Беларуская');
    expect(await stored(stage, channel)).toMatchObject({ state: 'active', settings: { edition: 'be' } });
    expect(card.text).toContain('Done. The next story will be posted.');
    expect(posts(channel)).toEqual([]);
  });

  it('whatever it is called: its title, which another administrator may choose, has nothing to tap', async () => {
    const owner = await starter(stage);
    const channel = await channelOf(stage, owner, '/forget @evil_name t.me/evil');
    const told = () => said(owner).filter(({ text }) => text.includes('forget'));
    expect(told()).toHaveLength(1);
    await tap(stage, owner, 'English');
    await tap(stage, owner, 'More');
    channel.removeBot(owner);
    await stage.settle();
    for (const { text } of told())
      expect(autoEntities(text.split('\n')[0] ?? '').map(({ type: kind }) => kind)).toEqual([]);
  });

  it('in no language in which the bot has no news: the card says so', async () => {
    const owner = await starter(stage);
    const channel = await channelOf(stage, owner, 'Half a newsroom');
    const { policy } = stage.desk;
    Object.assign(stage.desk, { policy: { ...policy, off: ['ru'] } });
    const card = await tap(stage, owner, 'Русский');
    Object.assign(stage.desk, { policy });
    expect(card.text).toContain('Новостей по-русски у этого бота нет.');
    expect(await stored(stage, channel)).toBeUndefined();
  });

  it('by somebody who has not started the bot: the card waits for their start, once', async () => {
    const owner = stage.telegram.person({ language: 'ru' });
    const channel = await channelOf(stage, owner, 'Waiting');
    expect(said(owner)).toEqual([]);
    expect(posts(channel)).toEqual([]);
    owner.start();
    await stage.settle();
    expect(said(owner)).toHaveLength(2);
    expect(last(owner).text).toContain('Waiting');
    await tap(stage, owner, 'Русский');
    expect(await stored(stage, channel)).toMatchObject({ state: 'active', settings: { edition: 'ru' } });
    owner.start();
    await stage.settle();
    expect(said(owner)).toHaveLength(3);
    const privacy = await type(stage, owner, '/privacy');
    expect(privacy.text).toContain('Ваших каналов и групп: 1.');
  });

  it('by a link to another place: the card that waited comes too', async () => {
    const owner = stage.telegram.person({ language: 'en' });
    await channelOf(stage, owner, 'Waiting');
    const other = await channelOf(stage, owner, 'Linked');
    owner.start(`c_${handleFor(stage.desk, ANYBODY, { id: other.id, kind: 'channel' })}`);
    await stage.settle();
    const titles = said(owner).map(({ text }) => text.split('\n')[0]);
    expect(titles).toEqual(['Linked', 'Waiting']);
  });

  it('in a group with a slow mode: who sets it up is told, and the bot keeps to it before it is refused', async () => {
    const owner = await starter(stage);
    const group = stage.telegram.supergroup({ owner });
    group.setSlowMode(300);
    group.addBot(undefined, owner);
    await stage.settle();
    expect(last(owner).text).toContain('This group has slow mode on');
    const { pace } = stage.desk.telegram;
    await pace.depart(group.id, 'news');
    expect(pace.chatWait(group.id)).toBeGreaterThan(299_000);
    group.setBotRights(['can_manage_chat']);
    await type(stage, owner, '/channels');
    group.say(owner, '/subscribe en');
    await stage.settle();
    await type(stage, owner, '/channels');
    await tap(stage, owner, group.title);
    expect(last(owner).text).not.toContain('slow mode');
  });

  it('in four taps and without typing from a cold start, by the picker', async () => {
    const owner = stage.telegram.person({ language: 'en' });
    const channel = stage.telegram.channel({ owner });
    let taps = 0;
    const tapped = async (step: () => unknown) => {
      taps += 1;
      await step();
      await stage.settle();
    };
    await tapped(() => owner.start('channels'));
    const keys = last(owner).keyboard as { keyboard: { request_chat: Record<string, unknown> }[][] };
    const ask = keys.keyboard.flat()[0]?.request_chat;
    expect(ask).toMatchObject({ chat_is_channel: true });
    const granted = Object.entries(ask?.['bot_administrator_rights'] ?? {}).filter(([, on]) => on);
    expect(granted).toEqual([['can_post_messages', true]]);
    // Opening the picker, and choosing the channel in it.
    await tapped(() => undefined);
    await tapped(() => owner.shareChat(1, channel.id));
    await tapped(() => stage.press(owner, last(owner).id, 'English'));
    expect(taps).toBeLessThanOrEqual(4);
    expect(await stored(stage, channel)).toMatchObject({ state: 'active', settings: { edition: 'en' } });
  });

  it('in four taps by a startchannel link: chosen, confirmed, start, language', async () => {
    const owner = stage.telegram.person({ language: 'en' });
    const channel = stage.telegram.channel({ owner });
    channel.addBot(POST, owner);
    await stage.settle();
    owner.start();
    await stage.settle();
    await tap(stage, owner, 'English');
    expect(await stored(stage, channel)).toMatchObject({ state: 'active' });
  });

  it('by a forwarded post, a private channel too', async () => {
    const owner = await starter(stage);
    const channel = await channelOf(stage, owner);
    await forward(stage, owner, channel);
    await tap(stage, owner, 'English');
    expect(await stored(stage, channel)).toMatchObject({ state: 'active' });
  });

  it.each(['@sample_paper', 't.me/sample_paper', 'https://t.me/sample_paper/15'])(
    'by its name: %s',
    async (name) => {
      const owner = await starter(stage);
      const username = `sample_paper_${Math.floor(Math.random() * 1e9)}`;
      const channel = stage.telegram.channel({ owner, username });
      channel.addBot(POST, owner);
      await stage.settle();
      const answer = await type(stage, owner, name.replace('sample_paper', username));
      expect(labels(answer)).toContain('English');
      await tap(stage, owner, 'English');
      expect(await stored(stage, channel)).toMatchObject({ state: 'active' });
    },
  );

  it('by the address of a post in a private channel', async () => {
    const owner = await starter(stage);
    const channel = await channelOf(stage, owner);
    await type(stage, owner, `https://t.me/c/${String(channel.id).replace('-100', '').replace(/^0+/, '')}/7`);
    await tap(stage, owner, 'English');
    expect(await stored(stage, channel)).toMatchObject({ state: 'active' });
  });

  it('by a post in it: nobody is known as its owner until an administrator opens /channels', async () => {
    const editor = stage.telegram.person({ language: 'en' });
    const other = stage.telegram.person({ language: 'en' });
    const channel = stage.telegram.channel({ owner: editor, title: 'By a post' });
    channel.addBot(['can_post_messages', 'can_delete_messages'], other);
    await stage.settle();
    channel.post(editor, '/subscribe be');
    await stage.settle();
    const place = await stored(stage, channel);
    if (!place) throw new Error('not bound');
    expect(place).toMatchObject({ state: 'active', settings: { edition: 'be' } });
    expect(await ownersOf(stage.desk, place)).toEqual([]);
    expect(posts(channel)).toEqual([]);
    await type(stage, other, '/channels');
    expect(said(other).flatMap(labels)).not.toContain('By a post');
    await type(stage, editor, '/channels');
    expect(labels(last(editor))).toContain('By a post');
    expect(await ownersOf(stage.desk, place)).toEqual([{ id: editor.id, edition: 'en' }]);
  });
});

describe('a group is bound', () => {
  it('by adding the bot: the card comes in private, nothing is said in the group', async () => {
    const owner = await starter(stage);
    const group = stage.telegram.supergroup({ owner, title: 'Readers' });
    group.addBot(undefined, owner);
    await stage.settle();
    expect(posts(group)).toEqual([]);
    await tap(stage, owner, 'English');
    expect(await stored(stage, group)).toMatchObject({ state: 'active' });
  });

  it('by who has not started the bot: the card waits for their start, and the group hears nothing', async () => {
    const owner = stage.telegram.person({ language: 'en' });
    const group = stage.telegram.supergroup({ owner, title: 'Readers' });
    group.addBot(undefined, owner);
    await stage.settle();
    expect(posts(group)).toEqual([]);
    owner.start();
    await stage.settle();
    expect(last(owner).text).toContain('Readers');
    await tap(stage, owner, 'English');
    expect(await stored(stage, group)).toMatchObject({ state: 'active' });
  });

  it('by a line in the group that leads to the card', async () => {
    const owner = stage.telegram.person({ language: 'en' });
    const group = stage.telegram.supergroup({ owner, title: 'Readers' });
    group.addBot(undefined, owner);
    await stage.settle();
    group.say(owner, '/channels');
    await stage.settle();
    const [lead] = group.messages().filter(({ fromBot }) => fromBot);
    const url = lead?.buttons[0]?.[0]?.url ?? '';
    expect(url).toMatch(/^https:\/\/t\.me\/pozirk_sandbox_bot\?start=c_[\w-]{28}$/);
    owner.start(url.split('start=')[1]);
    await stage.settle();
    expect(last(owner).text).toContain('Readers');
    await tap(stage, owner, 'English');
    expect(await stored(stage, group)).toMatchObject({ state: 'active' });
  });

  it('by /channels in it, also by an administrator who is anonymous there', async () => {
    const owner = stage.telegram.person({ language: 'en' });
    const member = stage.telegram.person({ language: 'en' });
    const group = stage.telegram.supergroup({ owner, title: 'Readers' });
    group.addBot(undefined, member);
    group.join(member);
    await stage.settle();
    group.say(member, '/channels');
    await stage.settle();
    expect(group.messages().filter(({ fromBot }) => fromBot)).toEqual([]);
    group.say(owner, '/channels', { anonymous: true });
    await stage.settle();
    const [lead] = group.messages().filter(({ fromBot }) => fromBot);
    owner.start(lead?.buttons[0]?.[0]?.url?.split('start=')[1]);
    await stage.settle();
    await tap(stage, owner, 'English');
    expect(await stored(stage, group)).toMatchObject({ state: 'active' });
  });

  it('by the picker, which makes the bot a plain member', async () => {
    const owner = await starter(stage);
    const group = stage.telegram.supergroup({ owner });
    await type(stage, owner, '/channels');
    owner.shareChat(2, group.id);
    await stage.settle();
    await tap(stage, owner, 'English');
    expect(await stored(stage, group)).toMatchObject({ state: 'active' });
  });

  it('a topic by /channels inside it, each topic with a card of its own', async () => {
    const owner = await starter(stage);
    const forum = stage.telegram.supergroup({ owner, forum: true, title: 'Forum' });
    forum.addBot(undefined, owner);
    await stage.settle();
    const topic = forum.createTopic('One', owner);
    forum.say(owner, '/channels', { thread: topic });
    await stage.settle();
    const lead = forum.messages().findLast(({ fromBot }) => fromBot);
    expect(lead?.thread).toBe(topic);
    owner.start(lead?.buttons[0]?.[0]?.url?.split('start=')[1]);
    await stage.settle();
    expect(last(owner).text).toContain(`topic ${topic}`);
    await tap(stage, owner, 'English');
    expect(await stored(stage, forum, topic)).toMatchObject({ state: 'active' });
    expect(await stored(stage, forum)).toBeUndefined();
  });

  it('a linked channel’s copied posts command nothing', async () => {
    const { owner, channel, group } = await linkedPair();
    channel.post(owner, '/subscribe be');
    await stage.settle();
    expect(posts(group)).toEqual(['/subscribe be']);
    expect(await stored(stage, group)).toBeUndefined();
    expect(await stored(stage, channel)).toMatchObject({ state: 'active', settings: { edition: 'be' } });
  });

  it('a linked channel’s group has its news already, and the card there says so', async () => {
    const { owner, channel, group } = await linkedPair();
    group.say(owner, '/channels');
    await stage.settle();
    const twice = 'The posts of the linked channel already appear in this group.';
    const link = /c_[\w-]+/.exec(JSON.stringify(group.messages().at(-1)?.buttons))?.[0] ?? '';
    expect((await type(stage, owner, `/start ${link}`)).text).not.toContain(twice);
    await forward(stage, owner, channel);
    await tap(stage, owner, 'English');
    expect((await type(stage, owner, `/start ${link}`)).text).toContain(twice);
    expect(await stored(stage, group)).toBeUndefined();
  });
});

/** A channel with its discussion group, in both of which the bot is an administrator. */
async function linkedPair() {
  const owner = await starter(stage);
  const group = stage.telegram.supergroup({ owner });
  const channel = await channelOf(stage, owner);
  channel.link(group);
  group.addBot(['can_delete_messages'], owner);
  await stage.settle();
  return { owner, channel, group };
}

describe('what stands in the way has its own sentence', () => {
  const answerTo = async (how: (owner: Awaited<ReturnType<typeof starter>>) => string) => {
    const owner = await starter(stage);
    return { owner, answer: await type(stage, owner, how(owner)) };
  };

  it('the bot is not in the channel: how to add it, with the button that does', async () => {
    const { answer } = await answerTo((owner) => {
      stage.telegram.channel({ owner, username: 'paper_without_bot' });
      return '@paper_without_bot';
    });
    expect(answer.text).toContain('Administrators, Add Admin');
    const button = answer.buttons[0]?.[0];
    expect(button?.url).toBe('https://t.me/pozirk_sandbox_bot?startchannel&admin=post_messages');
  });

  it('the bot is there without the right to post', async () => {
    const owner = await starter(stage);
    const channel = stage.telegram.channel({ owner });
    channel.addBot(['can_invite_users'], owner);
    await stage.settle();
    expect(last(owner).text).toContain('switch Post Messages on');
    expect(labels(last(owner))).not.toContain('English');
    channel.setBotRights(POST, owner);
    await stage.settle();
    expect(labels(last(owner))).toContain('English');
    const [, first] = said(owner);
    await stage.press(owner, first?.id ?? 0, 'Check again');
    expect(said(owner).map(labels).at(1)).toContain('English');
  });

  it('the bot may not write in the group', async () => {
    const owner = await starter(stage);
    const group = stage.telegram.supergroup({ owner });
    group.setPermissions([]);
    group.addBot(undefined, owner);
    await stage.settle();
    expect(last(owner).text).toContain('allow Send Messages');
  });

  it('the person is no administrator', async () => {
    const owner = await starter(stage);
    const channel = stage.telegram.channel({ owner, username: 'paper_of_others' });
    channel.addBot(POST, owner);
    await stage.settle();
    const { answer } = await answerTo(() => '@paper_of_others');
    expect(answer.text).toContain('Only administrators');
  });

  it('the person is an administrator who may not post', async () => {
    const owner = await starter(stage);
    const channel = stage.telegram.channel({ owner, username: 'paper_with_helper' });
    channel.addBot(POST, owner);
    await stage.settle();
    const { answer } = await answerTo((helper) => {
      channel.promote(helper, ['can_invite_users']);
      return '@paper_with_helper';
    });
    expect(answer.text).toContain('without the right to post');
  });

  it('a person’s name, and a chat that is not seen', async () => {
    const { answer } = await answerTo(() => '@nobody_of_that_name');
    expect(answer.text).toContain('I do not see this chat.');
  });
});

/** From the card to what stands behind one of its doors. */
async function enter(owner: Person, door: string) {
  await tap(stage, owner, 'More');
  return tap(stage, owner, door);
}

/** From a screen behind a door back to the card. */
async function leave(owner: Person) {
  while (!labels(last(owner)).includes('Back to the card')) await tap(stage, owner, 'Back');
  await tap(stage, owner, 'Back to the card');
}

describe('the card', () => {
  it('has the language, a look at a post and the way to the rest, and no more', async () => {
    const owner = await starter(stage);
    await channelOf(stage, owner);
    const card = await tap(stage, owner, 'English');
    expect(labels(card)).toEqual([
      'Беларуская',
      'Русский',
      '✓ English',
      'Show a post',
      'More',
      'My channels',
    ]);
  });

  it('is one message that edits itself through every screen, and holds no chat id', async () => {
    const owner = await starter(stage);
    const channel = await channelOf(stage, owner);
    await tap(stage, owner, 'Беларуская');
    const { id } = last(owner);
    const count = said(owner).length;
    for (const door of ['What comes', 'When', 'How it looks', 'Safety']) {
      // Articles are asked for by a sample of their own.
      const settings = labels(await enter(owner, door)).filter((label) => !/^Back$|^Articles/.test(label));
      for (const setting of settings) {
        const shown = await tap(stage, owner, setting);
        for (const { callback_data } of shown.buttons.flat()) {
          expect(Buffer.byteLength(callback_data ?? '')).toBeLessThanOrEqual(64);
          expect(callback_data).not.toContain(String(Math.abs(channel.id)));
        }
        await leave(owner);
        await enter(owner, door);
        // A flag was flipped: what it is now stands on its button.
        if (!labels(last(owner)).includes(setting)) expect(setting).toMatch(/: /);
      }
      await leave(owner);
    }
    expect(last(owner).id).toBe(id);
    expect(said(owner)).toHaveLength(count);
  });

  it('sets everything that can be pressed', async () => {
    const owner = await starter(stage);
    const channel = await channelOf(stage, owner);
    await tap(stage, owner, 'Беларуская');
    const choose = async (door: string, setting: string, value: string) => {
      await enter(owner, door);
      await tap(stage, owner, setting);
      await tap(stage, owner, value);
      await leave(owner);
    };
    const flip = async (door: string, setting: string) => {
      await enter(owner, door);
      await tap(stage, owner, setting);
      await leave(owner);
    };
    await choose('What comes', 'Alphabet: Cyrillic', 'Łacinka');
    await choose('How it looks', 'Story text: summary', 'Full text');
    await choose('When', 'Sound: always', 'Not at night');
    await choose('When', 'Digest: none', '08:00, 20:00');
    await choose('When', 'Quiet hours: none', '23:00–07:00');
    await choose('When', 'Urgent in quiet hours: silently', 'After them');
    await choose('Safety', 'Disappearing messages: none', 'After 6 hours');
    await flip('How it looks', 'Pictures: on');
    await flip('How it looks', 'Buttons: on');
    await flip('Safety', 'Forwarding: allowed');
    await flip('Safety', 'Agency’s name: shown');
    await flip('Safety', 'Hidden text: off');
    await flip('How it looks', 'Hashtags: off');
    await tap(stage, owner, 'English');
    await choose('What comes', 'Sections: all news', 'Society');
    expect((await stored(stage, channel))?.settings).toMatchObject({
      edition: 'en',
      script: 'lacinka',
      style: 'full',
      sound: 'day',
      digest: ['08:00', '20:00'],
      quiet: { from: '23:00', to: '07:00' },
      urgent: 'hold',
      pictures: false,
      buttons: false,
      hashtags: true,
      rubrics: ['society'],
      keep: 6,
      protect: true,
      neutral: true,
      hide: true,
    });
  });

  it('takes what must be typed: a signature with its link, topics, hours, a city', async () => {
    const owner = await starter(stage);
    const channel = await channelOf(stage, owner);
    await tap(stage, owner, 'English');
    await enter(owner, 'How it looks');
    await tap(stage, owner, 'Signature: none');
    await type(stage, owner, 'one\ntwo');
    expect(last(owner).text).toContain('One line is needed');
    await type(stage, owner, 'Our channel: https://t.me/sample_paper');
    expect((await stored(stage, channel))?.settings.signature).toEqual({
      text: 'Our channel',
      link: 'https://t.me/sample_paper',
    });
    await enter(owner, 'How it looks');
    await tap(stage, owner, 'Signature: Our channel');
    await type(stage, owner, '@sample_paper');
    expect((await stored(stage, channel))?.settings.signature).toEqual({
      text: '@sample_paper',
      link: 'https://t.me/sample_paper',
    });
    await enter(owner, 'What comes');
    await tap(stage, owner, 'Topics: all news');
    await type(stage, owner, 'Hrodna, library');
    await enter(owner, 'When');
    await tap(stage, owner, 'Quiet hours: none');
    await tap(stage, owner, 'Other');
    await type(stage, owner, '22:15 - 06:45');
    await enter(owner, 'When');
    await tap(stage, owner, 'Time zone: Minsk');
    await type(stage, owner, 'Vilnius');
    expect((await stored(stage, channel))?.settings).toMatchObject({
      follow: ['Hrodna', 'library'],
      quiet: { from: '22:15', to: '06:45' },
      timezone: 'Europe/Vilnius',
    });
    await enter(owner, 'What comes');
    await tap(stage, owner, 'Topics: 2');
    await tap(stage, owner, '✕ Hrodna');
    expect((await stored(stage, channel))?.settings.follow).toEqual(['library']);
  });

  it('says of its topics what holds: with sections too, and where urgent news comes only if chosen', async () => {
    const owner = await starter(stage);
    const channel = await channelOf(stage, owner);
    await tap(stage, owner, 'English');
    const shown = async (change: Parameters<typeof changeSettings>[2]) => {
      await changeSettings(stage.desk, { id: channel.id, kind: 'channel' }, change, 'en');
      await type(stage, owner, '/channels');
      await tap(stage, owner, 'Test channel');
      await enter(owner, 'What comes');
      const label = labels(last(owner)).find((text) => text.startsWith('Topics')) ?? '';
      return (await tap(stage, owner, label)).text;
    };
    expect(await shown({})).toBe(
      'Everything is posted.\n\nThere are no topics. Send me a name or a topic, and only stories about it will be posted.',
    );
    const narrow = await shown({ follow: ['Hrodna'], rubrics: ['society'], urgentPasses: 'mine' });
    expect(narrow).toBe(
      'Stories on these topics and from the chosen sections are posted.\nSections: Society\nUrgent stories are posted only if they are among these.\n\nTo remove a topic, press it; to add one, send it.',
    );
    await tap(stage, owner, 'Back');
    expect((await tap(stage, owner, 'Sections: 1')).text).toBe(
      'Which sections should be posted besides the topics?',
    );
    expect(await shown({ follow: [], urgentPasses: 'always' })).toContain('will be posted too.');
    expect(last(owner).text).toContain('Urgent stories are always posted.');
  });

  it('shows the next post in private', async () => {
    const owner = await starter(stage);
    const channel = await channelOf(stage, owner);
    await tap(stage, owner, 'English');
    const { id } = last(owner);
    await stage.press(owner, id, 'Show a post');
    expect(last(owner).text).toContain('A story for the preview');
    expect(posts(channel)).toEqual([]);
  });

  it('pauses and goes on', async () => {
    const owner = await starter(stage);
    const channel = await channelOf(stage, owner);
    await tap(stage, owner, 'English');
    await tap(stage, owner, 'More');
    await tap(stage, owner, 'Pause');
    expect(await stored(stage, channel)).toMatchObject({ state: 'paused' });
    await tap(stage, owner, 'More');
    await tap(stage, owner, 'Resume');
    expect(await stored(stage, channel)).toMatchObject({ state: 'active' });
  });

  it('is paused until its own button ends that, whatever language is pressed meanwhile', async () => {
    const owner = await starter(stage);
    const channel = await channelOf(stage, owner);
    await tap(stage, owner, 'English');
    await tap(stage, owner, 'More');
    await tap(stage, owner, 'Pause');
    await tap(stage, owner, '✓ English');
    expect(await stored(stage, channel)).toMatchObject({ state: 'paused', settings: { edition: 'en' } });
    await tap(stage, owner, 'Русский');
    expect(await stored(stage, channel)).toMatchObject({ state: 'paused', settings: { edition: 'ru' } });
  });

  it('pins only once the bot may, and asks for that right only then', async () => {
    const owner = await starter(stage);
    const channel = await channelOf(stage, owner);
    await tap(stage, owner, 'English');
    await enter(owner, 'How it looks');
    const asked = await tap(stage, owner, 'Pin urgent news: off');
    expect(asked.text).toContain('Edit Messages');
    expect((await stored(stage, channel))?.settings.pin).toBe(false);
    channel.setBotRights([...POST, 'can_edit_messages'], owner);
    await stage.settle();
    await tap(stage, owner, 'Pin urgent news');
    expect((await stored(stage, channel))?.settings.pin).toBe(true);
  });

  it('offers no articles while text is hidden', async () => {
    const owner = await starter(stage);
    const channel = await channelOf(stage, owner);
    await tap(stage, owner, 'English');
    await changeSettings(stage.desk, { id: channel.id, kind: 'channel' }, { hide: true }, 'en');
    await enter(owner, 'How it looks');
    expect((await tap(stage, owner, 'Articles: off')).text).toContain('do not work together');
    expect(last(owner).rich).toBeUndefined();
    expect((await stored(stage, channel))?.settings.articles).toBe(false);
  });

  it('unbinds after asking once; the settings wait for a new choice', async () => {
    const owner = await starter(stage);
    const channel = await channelOf(stage, owner);
    await tap(stage, owner, 'English');
    await enter(owner, 'How it looks');
    await tap(stage, owner, 'Pictures: on');
    await tap(stage, owner, 'Back');
    await tap(stage, owner, 'Unbind');
    expect(await stored(stage, channel)).toMatchObject({ state: 'active' });
    const card = await tap(stage, owner, 'Yes, unbind');
    const place = await stored(stage, channel);
    expect(place).toMatchObject({ state: 'idle' });
    expect(place && (await ownersOf(stage.desk, place))).toEqual([]);
    expect(card.text).toContain('kept for 30 days');
    await tap(stage, owner, 'Русский');
    expect(await stored(stage, channel)).toMatchObject({
      state: 'active',
      settings: { edition: 'ru', pictures: false },
    });
  });

  it('is shared by several administrators, and one administrator has several', async () => {
    const owner = await starter(stage);
    const deputy = await starter(stage, 'ru');
    const first = await channelOf(stage, owner, 'First paper');
    await tap(stage, owner, 'English');
    await channelOf(stage, owner, 'Second paper');
    await tap(stage, owner, 'English');
    await type(stage, owner, '/channels');
    expect(labels(last(owner))).toEqual(['First paper', 'Second paper', 'Add a channel or group']);
    first.promote(deputy, POST);
    await forward(stage, deputy, first);
    await tap(stage, deputy, 'Ещё');
    await tap(stage, deputy, 'Как выглядит');
    await tap(stage, deputy, 'Хештеги: нет');
    expect((await stored(stage, first))?.settings.hashtags).toBe(true);
    await type(stage, deputy, '/channels');
    expect(labels(last(deputy))).toEqual(['First paper', 'Добавить канал или группу']);
    await tap(stage, owner, 'First paper');
    expect(labels(await enter(owner, 'How it looks'))).toContain('Hashtags: on');
  });

  it('shows a new title', async () => {
    const owner = await starter(stage);
    const channel = await channelOf(stage, owner, 'Old title');
    channel.rename('New title', owner);
    await stage.settle();
    const card = await tap(stage, owner, 'English');
    expect(card.text).toContain('New title');
  });
});

describe('an owner', () => {
  it('is forgotten with /forget, and with blocking the bot; the channel goes on', async () => {
    for (const end of ['forget', 'block'] as const) {
      const owner = await starter(stage);
      const channel = await channelOf(stage, owner);
      await tap(stage, owner, 'English');
      const place = await stored(stage, channel);
      if (!place) throw new Error('not bound');
      expect(await ownersOf(stage.desk, place)).toHaveLength(1);
      if (end === 'forget') owner.send('/forget');
      else owner.block();
      await stage.settle();
      expect(await ownersOf(stage.desk, place)).toEqual([]);
      expect(await stored(stage, channel)).toMatchObject({ state: 'active' });
    }
  });

  it('stays one while the bot is out of a private channel, and is told nothing false', async () => {
    const owner = await starter(stage);
    const channel = await channelOf(stage, owner);
    await tap(stage, owner, 'English');
    const card = last(owner).id;
    channel.removeBot(owner);
    await stage.settle();
    const toast = await stage.press(owner, card, 'More');
    expect(toast?.text ?? '').not.toContain('administrators');
    const place = await stored(stage, channel);
    expect(place && (await ownersOf(stage.desk, place))).toHaveLength(1);
  });

  it('is one no more who has left a private channel and asks for the list', async () => {
    const owner = await starter(stage);
    const deputy = await starter(stage);
    const channel = await channelOf(stage, owner);
    await tap(stage, owner, 'English');
    channel.promote(deputy, POST);
    await forward(stage, deputy, channel);
    const place = await stored(stage, channel);
    if (!place) throw new Error('not bound');
    expect(await ownersOf(stage.desk, place)).toHaveLength(2);
    channel.leave(deputy);
    await type(stage, deputy, '/channels');
    expect((await ownersOf(stage.desk, place)).map(({ id }) => id)).toEqual([owner.id]);
  });

  it('is found by /channels in the end, however many places without an owner there are', async () => {
    const { desk } = stage;
    const owner = stage.telegram.person({ language: 'en' });
    const group = stage.telegram.supergroup({ owner, title: 'Behind them' });
    group.addBot(undefined, owner);
    const places = await Promise.all(
      Array.from({ length: 36 }, (_, count) => subscribe(desk, { id: -7000 - count, kind: 'group' }, 'en')),
    );
    const slots = await placeSlots(desk.store);
    const at = ({ subscriber: { slot } }: (typeof places)[number]) => slots.indexOf(slot);
    const own = places.toSorted((a, b) => at(a) - at(b)).at(-1);
    await moveChat(desk, own?.subscriber.chat.id ?? 0, group.id);
    const found = async () => (await placesOwnedBy(desk, owner.id, 'en')).map(({ chat }) => chat.id);
    for (let tries = 0; tries < 60 && (await found()).length === 0; tries += 1);
    expect(await found()).toEqual([group.id]);
  });

  it('goes with the place', async () => {
    const owner = await starter(stage);
    const channel = await channelOf(stage, owner);
    await tap(stage, owner, 'English');
    const place = await stored(stage, channel);
    if (!place) throw new Error('not bound');
    channel.post(owner, '/forget');
    await stage.settle();
    expect(await ownersOf(stage.desk, place)).toEqual([]);
  });

  it('is sealed: neither number stands in Redis', async () => {
    const owner = await starter(stage);
    const channel = await channelOf(stage, owner);
    await tap(stage, owner, 'English');
    const { redis } = stage.desk.store;
    const everything: string[] = [];
    for (const key of await redis.keys('*')) everything.push(key, (await redis.dump(key)) ?? '');
    const text = everything.join('\n');
    expect(text).not.toContain(String(owner.id));
    expect(text).not.toContain(String(Math.abs(channel.id)));
    expect(dataOf(last(owner), 'More')).not.toContain(String(owner.id));
  });
});
