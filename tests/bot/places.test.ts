import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeSettings, findChat } from '#src/desk/chats/subscribe.ts';
import { LIMITS } from '#src/limits.ts';
import { MINUTE } from '#src/time.ts';
import type { Chat } from '#src/news/subscriber.ts';
import { publish as publishStory } from '#testing/delivery.ts';
import { openStage, publish, type Stage } from '#testing/desk.ts';

let stage: Stage;
const found = (id: number, kind: Chat['kind'], thread?: number) =>
  findChat(stage.desk, thread === undefined ? { id, kind } : { id, kind, thread });

beforeAll(async () => {
  stage = await openStage();
  await publish(stage, 'be', { headline: 'Навіна для групы' });
});
afterAll(() => stage.close());

function groupWithBot() {
  const owner = stage.telegram.person({ language: 'be' });
  const member = stage.telegram.person({ language: 'be' });
  const group = stage.telegram.supergroup({ owner });
  group.join(member);
  group.addBot(undefined, owner);
  const bot = () => group.messages().filter(({ fromBot }) => fromBot);
  return { owner, member, group, bot };
}

describe('in a group', () => {
  it('an administrator is answered, others meet silence', async () => {
    const { owner, member, group, bot } = groupWithBot();
    await stage.settle();
    group.say(member, '/subscribe be');
    group.say(member, '/help');
    await stage.settle();
    expect(bot()).toEqual([]);
    expect(await found(group.id, 'group')).toBeUndefined();
    group.say(owner, '/subscribe be');
    await stage.settle();
    expect(bot().at(-1)?.text).toContain('Навіны будуць прыходзіць па-беларуску.');
    expect(await found(group.id, 'group')).toMatchObject({ state: 'active' });
  });

  it('an anonymous administrator is one too', async () => {
    const { owner, group } = groupWithBot();
    group.say(owner, '/subscribe ru', { anonymous: true });
    await stage.settle();
    expect(await found(group.id, 'group')).toMatchObject({ settings: { edition: 'ru' } });
  });

  it('an administrator who writes too much is told so once, and may still have all forgotten', async () => {
    const { owner, group, bot } = groupWithBot();
    const other = groupWithBot();
    group.say(owner, '/subscribe be');
    for (const anonymous of [false, true]) {
      await stage.clock.advance(MINUTE);
      const before = bot().length;
      for (let count = 0; count < LIMITS.commands + 5; count += 1) group.say(owner, '/help', { anonymous });
      await stage.settle();
      expect(
        bot()
          .slice(before)
          .filter(({ text }) => text.includes('памаўчу')),
      ).toHaveLength(1);
    }
    // Telegram shows the anonymous administrators of all groups as one account.
    other.group.say(other.owner, '/subscribe ru', { anonymous: true });
    group.say(owner, '/forget', { anonymous: true });
    await stage.settle();
    expect(await found(other.group.id, 'group')).toMatchObject({ settings: { edition: 'ru' } });
    expect(await found(group.id, 'group')).toBeUndefined();
  });

  it('a button works for administrators only; a member gets a toast', async () => {
    const { owner, member, group, bot } = groupWithBot();
    group.say(owner, '/subscribe be');
    await stage.settle();
    const answer = bot().at(-1);
    if (!answer) throw new Error('no answer');
    const toast = await stage.press(member, answer.id, 'Русский', group.id);
    expect(toast).toMatchObject({ text: 'Гэта могуць націскаць толькі адміністратары.' });
    expect(await found(group.id, 'group')).toMatchObject({ settings: { edition: 'be' } });
    await stage.press(owner, answer.id, 'Русский', group.id);
    expect(await found(group.id, 'group')).toMatchObject({ settings: { edition: 'ru' } });
  });

  it.each([
    ['today', 'to the presser alone'],
    ['10.1', 'in the presser’s own chat, where the server is too old'],
  ] as const)('a story is not opened for all: with the server of %s it opens %s', async (age, _opens) => {
    const { owner, member, group, bot } = groupWithBot();
    const story = await publish(stage, 'be', {
      headline: 'Доўгая навіна',
      body: ['Першы абзац.', 'Другі абзац.'],
    });
    group.say(owner, '/subscribe be');
    group.say(owner, `/start s_${story}`);
    await stage.settle();
    const shown = bot().at(-1);
    stage.desk.memory.abilities.clear();
    stage.telegram.setServer(age);
    const answer = await stage.press(member, shown?.id ?? 0, 'Чытаць тут', group.id);
    stage.telegram.setServer('today');
    stage.desk.memory.abilities.clear();
    expect(bot().at(-1)?.id).toBe(shown?.id);
    expect(bot().at(-1)?.text).toBe(shown?.text);
    expect(owner.ephemeral()).toEqual([]);
    if (age === 'today') {
      expect(answer).toEqual({});
      expect(member.ephemeral()).toHaveLength(1);
      expect(member.ephemeral()[0]).toMatchObject({ message_id: 0 });
      expect(member.ephemeral()[0]?.text).toContain('Першы абзац.\n\nДругі абзац.');
    } else {
      expect(answer).toMatchObject({ url: `https://t.me/pozirk_sandbox_bot?start=s_${story}` });
      expect(member.ephemeral()).toEqual([]);
    }
  });

  it('with articles, a story opens to the presser as one, with the pictures that Telegram has', async () => {
    const { owner, member, group, bot } = groupWithBot();
    const picture = { url: 'https://cdn.example/bridge.jpg' };
    const body = [{ kind: 'paragraph' as const, text: 'Першы абзац.' }];
    const { id: story } = await publishStory(stage.desk, 'be', { headline: 'Мост', body, picture });
    group.say(owner, '/subscribe be');
    await stage.settle();
    await changeSettings(stage.desk, { id: group.id, kind: 'group' }, { articles: true }, 'be');
    group.say(owner, `/start s_${story}`);
    await stage.settle();
    const read = async () => {
      await stage.press(member, bot().at(-1)?.id ?? 0, 'Чытаць тут', group.id);
      return member.ephemeral().at(-1)?.rich_message;
    };
    const bare = await read();
    expect(JSON.stringify(bare)).toContain('Першы абзац.');
    expect(bare?.blocks.map(({ type }) => type)).not.toContain('photo');
    stage.desk.memory.files.set(picture.url, 'photo-abc');
    expect((await read())?.blocks.map(({ type }) => type)).toContain('photo');
    stage.telegram.rich.cuts = true;
    expect(await read()).toBeUndefined();
    stage.telegram.rich.cuts = false;
    expect(member.ephemeral().at(-1)?.text).toContain('Першы абзац.');
    expect(owner.ephemeral()).toEqual([]);
  });

  it('a member can neither read nor change its settings, by words or by forged buttons', async () => {
    const { owner, member, group, bot } = groupWithBot();
    group.say(owner, '/subscribe be');
    group.say(owner, '/follow Гродна');
    await stage.settle();
    const before = [await found(group.id, 'group'), bot().map(({ text }) => text)];
    const menu = bot().at(-1)?.id ?? 0;
    for (const words of [
      '/privacy',
      '/settings',
      '/unsubscribe',
      '/forget',
      '/style full',
      '/keep 1h',
      '/start ru',
    ])
      group.say(member, words);
    await stage.settle();
    for (const { callback_data: data } of bot().at(-1)?.buttons.flat() ?? [])
      if (data !== undefined) await stage.press(member, menu, { data }, group.id);
    expect([await found(group.id, 'group'), bot().map(({ text }) => text)]).toEqual(before);
  });

  it.each([
    '/settings',
    '/style',
    '/digest',
    '/quiet',
    '/timezone',
    '/keep',
    '/following',
    '/unfollow',
    '/help',
  ])(
    'set-up happens in private: %s answers with one line that leads an administrator to its card',
    async (command) => {
      const { owner, group, bot } = groupWithBot();
      group.say(owner, '/subscribe be');
      group.say(owner, command);
      await stage.settle();
      const answer = bot().at(-1);
      expect(answer?.text).toBe('Навіны тут наладжваюцца ў асабістым чаце са мной.');
      const [[lead, ...others] = [], ...rows] = answer?.buttons ?? [];
      expect([lead?.text, others, rows]).toEqual(['Наладзіць', [], []]);
      owner.start(lead?.url?.split('start=')[1]);
      await stage.settle();
      const card = owner.messages().findLast(({ fromBot }) => fromBot);
      expect(card?.buttons.flat().map(({ text }) => text)).toContain('Яшчэ');
    },
  );

  it('a group that has no news yet is led to its card by /settings as well', async () => {
    const { owner, group, bot } = groupWithBot();
    group.say(owner, '/settings');
    await stage.settle();
    owner.start(bot().at(-1)?.buttons[0]?.[0]?.url?.split('start=')[1]);
    await stage.settle();
    const card = owner.messages().findLast(({ fromBot }) => fromBot);
    expect(card?.buttons[0]?.map(({ text }) => text)).toEqual(['Беларуская', 'Русский', 'English']);
  });

  it('a value typed in full is set there and then; a wrong one is told of in one line', async () => {
    const { owner, group, bot } = groupWithBot();
    for (const words of ['/subscribe be', '/style full', '/style long']) group.say(owner, words);
    await stage.settle();
    expect(await found(group.id, 'group')).toMatchObject({ settings: { style: 'full' } });
    const [done, wrong] = bot().slice(-2);
    expect(done?.text).toBe('Гатова. Навіна прыходзіць так: цалкам.');
    expect(done?.buttons[0]?.[0]).toMatchObject({ text: 'Наладзіць' });
    expect(wrong?.text).toContain('/style summary');
    expect(wrong?.buttons.flat().map(({ text }) => text)).toEqual(['Наладзіць']);
  });

  it('a menu from before leads to the card too', async () => {
    const { owner, group, bot } = groupWithBot();
    group.say(owner, '/subscribe be');
    await stage.settle();
    for (const data of ['1:go:settings', '1:set:pictures:off']) {
      const { result } = (await stage.telegram.handle(stage.telegram.token, 'sendMessage', {
        chat_id: group.id,
        text: 'Налады',
        reply_markup: { inline_keyboard: [[{ text: 'Фота', callback_data: data }]] },
      })) as { result: { message_id: number } };
      await stage.press(owner, result.message_id, { data }, group.id);
      expect(bot().at(-1)?.text).toBe('Навіны тут наладжваюцца ў асабістым чаце са мной.');
    }
    expect(await found(group.id, 'group')).toMatchObject({ settings: { pictures: false } });
  });

  it('a place shared in it sets nothing', async () => {
    const { owner, member, group } = groupWithBot();
    group.say(owner, '/subscribe be');
    await stage.settle();
    const location = { latitude: 35.7, longitude: 139.7 };
    await stage.bot.handleUpdate({
      update_id: 1,
      message: {
        message_id: 9999,
        date: 1,
        chat: { id: group.id, type: 'supergroup', title: 'Test' },
        from: { id: member.id, is_bot: false, first_name: 'Member' },
        location,
      },
    });
    expect(await found(group.id, 'group')).toMatchObject({ settings: { timezone: 'Europe/Minsk' } });
  });

  it('talk and commands of other bots are left alone', async () => {
    const { owner, group, bot } = groupWithBot();
    stage.telegram.setPrivacy(false);
    group.say(owner, 'добры дзень');
    group.say(owner, '/roll');
    group.say(owner, '/latest@other_sample_bot');
    await stage.settle();
    stage.telegram.setPrivacy(true);
    expect(bot()).toEqual([]);
  });

  it('/forget removes what the bot said and the commands it obeyed, nobody’s talk', async () => {
    const { owner, member, group } = groupWithBot();
    group.addBot(['can_delete_messages'], owner);
    stage.telegram.setPrivacy(false);
    const talk = group.say(member, 'добры дзень');
    group.say(owner, '/subscribe be');
    await stage.settle();
    const services = () => group.messages().filter(({ service }) => service).length;
    const before = services();
    group.say(owner, '/forget');
    await stage.settle();
    stage.telegram.setPrivacy(true);
    expect(services()).toEqual(before);
    const left = group.messages().filter(({ service }) => !service);
    expect(left.map(({ id }) => id)).toContain(talk);
    expect(left.map(({ text }) => text)).toEqual([
      'добры дзень',
      'Выдалена ўсё, пра што я тут ведаю за апошнія 48 гадзін; старэйшае бот выдаліць не можа. Выдаліце гэты чат: тады і астатняе знікне з вашых прылад.',
    ]);
    expect(await found(group.id, 'group')).toBeUndefined();
  });

  it('that becomes a supergroup stays subscribed under its new id', async () => {
    const owner = stage.telegram.person({ language: 'en' });
    const group = stage.telegram.group({ owner });
    group.addBot(undefined, owner);
    group.say(owner, '/subscribe en');
    await stage.settle();
    const moved = group.migrate();
    await stage.settle();
    expect(await found(moved.id, 'group')).toMatchObject({ state: 'active', settings: { edition: 'en' } });
    expect(await found(group.id, 'group')).toBeUndefined();
  });

  it('that removes the bot is left, with its settings', async () => {
    const { owner, group } = groupWithBot();
    group.say(owner, '/subscribe ru');
    await stage.settle();
    group.removeBot(owner);
    await stage.settle();
    expect(await found(group.id, 'group')).toMatchObject({ state: 'left', settings: { edition: 'ru' } });
  });
});

describe('in a forum', () => {
  it('each topic is a chat of its own', async () => {
    const owner = stage.telegram.person({ language: 'en' });
    const forum = stage.telegram.supergroup({ owner, forum: true });
    forum.addBot(undefined, owner);
    const one = forum.createTopic('One', owner);
    const other = forum.createTopic('Other', owner);
    forum.say(owner, '/subscribe ru', { thread: one });
    forum.say(owner, '/subscribe en', { thread: other });
    await stage.settle();
    expect(await found(forum.id, 'topic', one)).toMatchObject({ settings: { edition: 'ru' } });
    expect(await found(forum.id, 'topic', other)).toMatchObject({ settings: { edition: 'en' } });
    const answers = forum.messages().filter(({ fromBot }) => fromBot);
    expect(new Set(answers.map(({ thread }) => thread))).toEqual(new Set([one, other]));
  });
});

describe('in a channel', () => {
  it('a posted command is obeyed in silence and removed where the bot may', async () => {
    const owner = stage.telegram.person({ language: 'ru' });
    const channel = stage.telegram.channel({ owner });
    channel.addBot(['can_post_messages', 'can_delete_messages'], owner);
    await stage.settle();
    channel.post(owner, '/subscribe ru');
    await stage.settle();
    expect(await found(channel.id, 'channel')).toMatchObject({
      state: 'active',
      settings: { edition: 'ru' },
    });
    channel.post(owner, '/style full');
    channel.post(owner, '/latest');
    await stage.settle();
    expect(await found(channel.id, 'channel')).toMatchObject({ settings: { style: 'full' } });
    channel.post(owner, '/unsubscribe');
    await stage.settle();
    expect(await found(channel.id, 'channel')).toMatchObject({ state: 'idle' });
    expect(channel.messages().filter(({ service }) => !service)).toEqual([]);
  });

  it('a forged button changes nothing', async () => {
    const owner = stage.telegram.person({ language: 'en' });
    const reader = stage.telegram.person({ language: 'en' });
    const channel = stage.telegram.channel({ owner });
    channel.addBot(['can_post_messages'], owner);
    channel.post(owner, '/subscribe en');
    await stage.settle();
    const buttons = ['1:unsubscribe', '1:forget', '1:set:style:full', '1:language:ru:help'];
    const { result } = (await stage.telegram.handle(stage.telegram.token, 'sendMessage', {
      chat_id: channel.id,
      text: 'post',
      reply_markup: { inline_keyboard: buttons.map((data) => [{ text: data, callback_data: data }]) },
    })) as { result: { message_id: number } };
    for (const [data, presser] of buttons.flatMap((data) => [
      [data, reader] as const,
      [data, owner] as const,
    ]))
      expect(await stage.press(presser, result.message_id, { data }, channel.id)).toMatchObject({
        text: 'Only administrators can use this.',
      });
    expect(await found(channel.id, 'channel')).toMatchObject({
      state: 'active',
      settings: { edition: 'en', style: 'summary' },
    });
  });

  it('the post stays where the bot may only post, and nothing is written', async () => {
    const owner = stage.telegram.person({ language: 'en' });
    const channel = stage.telegram.channel({ owner });
    channel.addBot(['can_post_messages'], owner);
    channel.post(owner, '/subscribe en');
    await stage.settle();
    expect(await found(channel.id, 'channel')).toMatchObject({ state: 'active' });
    expect(channel.messages().filter(({ fromBot }) => fromBot)).toEqual([]);
  });

  it('without the right to post there is no subscription', async () => {
    const owner = stage.telegram.person({ language: 'en' });
    const channel = stage.telegram.channel({ owner });
    channel.addBot(['can_edit_messages'], owner);
    channel.post(owner, '/subscribe en');
    await stage.settle();
    expect(await found(channel.id, 'channel')).toBeUndefined();
  });
});
