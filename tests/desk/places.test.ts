import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetChat, removeForgotten } from '#src/desk/chats/erase.ts';
import { watchChats } from '#src/desk/chats/membership.ts';
import { correct } from '#src/desk/delivery/correct.ts';
import { addOwner } from '#src/desk/chats/owners.ts';
import {
  changeSettings,
  chatLeft,
  findChat,
  moveChat,
  pauseChat,
  resumeChat,
  subscribe,
  unsubscribe,
} from '#src/desk/chats/subscribe.ts';
import type { Desk } from '#src/desk/desk.ts';
import type { Settings } from '#src/news/settings.ts';
import type { Chat } from '#src/news/subscriber.ts';
import type { ChatClient, Person } from '#sandbox/telegram/telegram.ts';
import { pass, publish, revise, until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';

let stage: Stage;
let stopWatching: (() => Promise<void>) | undefined;
let owner: Person;

beforeEach(async () => {
  stage = await openStage();
  owner = stage.telegram.person({ language: 'ru' });
  owner.start();
  await stage.settle();
});

afterEach(async () => {
  await stopWatching?.();
  stopWatching = undefined;
  await stage.close();
});

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const POST = ['can_post_messages'];
/** Corrections too, and places are watched. */
async function deliverAndWatch(): Promise<void> {
  await stage.deliver();
  const end = new AbortController();
  const running = Promise.all([correct(stage.desk, end.signal), watchChats(stage.desk, end.signal)]);
  stopWatching = async () => {
    end.abort();
    await running;
  };
}
/** Time goes on, and updates are handled as they come. */
async function live(ms: number): Promise<void> {
  for (let gone = 0; gone < ms; gone += Math.min(ms, MINUTE)) {
    await stage.settle();
    await pass(stage.clock, Math.min(ms, MINUTE), 1500);
  }
  await stage.settle();
}

const placeOf = (chat: ChatClient, thread?: number) => {
  const kind = thread ? 'topic' : chat.kind === 'channel' ? 'channel' : 'group';
  return thread ? ({ id: chat.id, thread, kind } as const) : ({ id: chat.id, kind } as const);
};
const known = (chat: ChatClient, thread?: number) => findChat(stage.desk, placeOf(chat, thread));

async function bind(
  chat: ChatClient,
  edition: 'be' | 'ru' | 'en' = 'en',
  settings: Partial<Settings> = {},
  thread?: number,
) {
  const { subscriber } = await subscribe(stage.desk, placeOf(chat, thread), edition);
  await changeSettings(stage.desk, subscriber.chat, settings, edition);
  await addOwner(stage.desk, subscriber, owner.id, 'ru');
}
async function channelWith(
  rights: readonly string[] = POST,
  settings: Partial<Settings> = {},
): Promise<ChatClient> {
  const channel = stage.telegram.channel({ owner, title: 'Газета' });
  channel.addBot(rights, owner);
  await stage.settle();
  await bind(channel, 'en', settings);
  return channel;
}
const posts = (chat: ChatClient, thread?: number): string[] =>
  chat
    .messages()
    .filter(({ service, fromBot, thread: where }) => !service && fromBot && where === thread)
    .map(({ text }) => text.split('\n')[0] ?? '');
/** Messages to the owner beyond cards and greetings. */
const words = (): string[] =>
  owner
    .messages()
    .map(({ text }) => text)
    .filter((text) => /больше нельзя|больше нет|закрыта|убрали/.test(text));

/** The words that the owner was told last, less the name of the place. */
const lastWord = () => owner.messages().at(-1)?.text.split('\n')[1];
const ON = 'Новости здесь снова выходят.';

describe('when the right to post is taken away', () => {
  it('and given back, the owner’s last word of it is that the news goes on, told once; taken again, that it does not', async () => {
    const channel = await channelWith();
    await stage.deliver();
    for (const rights of [[], POST, POST]) {
      channel.setBotRights(rights, owner);
      await live(2000);
    }
    expect(lastWord()).toBe(ON);
    await publish(stage.desk, 'en', { headline: 'After' });
    await live(MINUTE);
    expect(owner.messages().filter(({ text }) => text.includes(ON))).toHaveLength(1);
    channel.setBotRights([], owner);
    await live(2000);
    expect(lastWord()).toContain('больше нельзя');
  });

  it('the channel pauses, its owner hears of it once in their language, the channel itself never', async () => {
    const channel = await channelWith();
    await stage.deliver();
    channel.setBotRights(['can_invite_users'], owner);
    await publish(stage.desk, 'en', { headline: 'While away' });
    await live(3 * MINUTE);
    expect(await known(channel)).toMatchObject({ state: 'paused', note: 'rights' });
    expect(words()).toHaveLength(1);
    expect(words()[0]).toContain('Газета');
    expect(words()[0]).toContain('«Публикация сообщений»');
    expect(posts(channel)).toEqual([]);
  });

  it('what was missed comes as one bulletin within 30 s when it is given back, then posts are separate again', async () => {
    const channel = await channelWith();
    await stage.deliver();
    channel.setBotRights([], owner);
    await stage.settle();
    for (const headline of ['One', 'Two', 'Three']) {
      await publish(stage.desk, 'en', { headline });
      await live(MINUTE);
    }
    expect(posts(channel)).toEqual([]);
    channel.setBotRights(POST, owner);
    await stage.settle();
    await pass(stage.clock, 30_000);
    const [bulletin] = channel.messages().filter(({ fromBot }) => fromBot);
    expect(posts(channel)).toHaveLength(1);
    for (const headline of ['One', 'Two', 'Three']) expect(bulletin?.text).toContain(headline);
    await publish(stage.desk, 'en', { headline: 'Four' });
    await publish(stage.desk, 'en', { headline: 'Five' });
    await live(MINUTE);
    expect(posts(channel).slice(1)).toEqual(['Four', 'Five']);
    expect(await known(channel)).not.toHaveProperty('note');
  });

  it.each([
    ['in another language', ['ru'], ['Раз', 'Два']],
    ['in the same one, after another was tried', ['ru', 'be', 'en'], ['One', 'Two']],
    ['by /subscribe in another language', [], ['Раз', 'Два']],
  ] as const)('what was missed comes %s', async (_, tried, missed) => {
    const channel = await channelWith();
    await publish(stage.desk, 'en', { headline: 'Before' });
    const stop = await stage.deliver();
    await live(MINUTE);
    await pauseChat(stage.desk, placeOf(channel), 'rights');
    for (const [edition, headline] of [
      ['en', 'One'],
      ['ru', 'Раз'],
      ['en', 'Two'],
      ['ru', 'Два'],
    ] as const) {
      await publish(stage.desk, edition, { headline });
      await live(MINUTE);
    }
    for (const edition of tried) await changeSettings(stage.desk, placeOf(channel), { edition }, edition);
    if (tried.length > 0) await resumeChat(stage.desk, placeOf(channel));
    else await subscribe(stage.desk, placeOf(channel), 'ru');
    await live(MINUTE);
    await stop();
    expect(posts(channel)).toHaveLength(2);
    const bulletin = channel.messages().at(-1)?.text;
    for (const headline of missed) expect(bulletin).toContain(headline);
    expect(bulletin).not.toContain(missed[0] === 'One' ? 'Раз' : 'One');
    expect(bulletin).not.toContain('Before');
  });

  it('and given back while its loss is still being told of, the channel does not stay paused', async () => {
    const channel = await channelWith();
    await stage.deliver();
    channel.setBotRights([], owner);
    const given = vi.fn(async () => {
      channel.setBotRights(POST, owner);
      // Both updates come now, and find a place that is not paused yet: nothing to do.
      await stage.telegram.handle(stage.telegram.token, 'getUpdates', { offset: -1, timeout: 0 });
      const [last] = stage.telegram.pendingUpdates();
      await stage.telegram.handle(stage.telegram.token, 'getUpdates', {
        offset: (last?.update_id ?? 0) + 1,
        timeout: 0,
      });
    });
    Object.assign(stage.desk, { onTrouble: given });
    // The refused post comes before the update.
    await publish(stage.desk, 'en', { headline: 'In between' });
    await until(stage.clock, () => given.mock.calls.length > 0);
    await live(MINUTE);
    expect(await known(channel)).toMatchObject({ state: 'active' });
    expect(posts(channel)).toEqual(['In between']);
  });

  it('from all members of a group, its return is found without an update', async () => {
    const group = stage.telegram.supergroup({ owner });
    group.addBot(undefined, owner);
    await stage.settle();
    await bind(group);
    await deliverAndWatch();
    group.setPermissions({ can_send_messages: false });
    await publish(stage.desk, 'en', { headline: 'Silenced' });
    await live(MINUTE);
    expect(await known(group)).toMatchObject({ state: 'paused', note: 'rights' });
    group.setPermissions({ can_send_messages: true });
    await live(3 * MINUTE);
    expect(posts(group)).toEqual(['Silenced']);
    expect(lastWord()).toBe(ON);
  });

  it('a pause that the owner wished does not end by itself', async () => {
    const channel = await channelWith();
    await pauseChat(stage.desk, placeOf(channel));
    channel.setBotRights([], owner);
    channel.setBotRights(POST, owner);
    await stage.settle();
    expect(await known(channel)).toMatchObject({ state: 'paused' });
  });

  it('what is older than a day is no news any more', async () => {
    const channel = await channelWith();
    channel.setBotRights([], owner);
    await stage.settle();
    await publish(stage.desk, 'en', { headline: 'Long ago' });
    await stage.clock.advance(25 * HOUR);
    await publish(stage.desk, 'en', { headline: 'Just now' });
    await stage.deliver();
    channel.setBotRights(POST, owner);
    await live(MINUTE);
    expect(posts(channel)).toEqual(['Just now']);
  });

  it('in a group all its topics pause and go on, and the owner hears of it once', async () => {
    const forum = stage.telegram.supergroup({ owner, forum: true, title: 'Форум' });
    forum.addBot(undefined, owner);
    const [one, two] = [forum.createTopic('One', owner), forum.createTopic('Two', owner)];
    await stage.settle();
    await bind(forum, 'en', {}, one);
    await bind(forum, 'ru', {}, two);
    await stage.deliver();
    forum.restrictBot({ can_send_messages: false }, owner);
    await live(MINUTE);
    expect([await known(forum, one), await known(forum, two)]).toMatchObject([
      { state: 'paused' },
      { state: 'paused' },
    ]);
    expect(words()).toHaveLength(1);
    await publish(stage.desk, 'en', { headline: 'English' });
    await publish(stage.desk, 'ru', { headline: 'Русская' });
    forum.restrictBot({ can_send_messages: true }, owner);
    await live(MINUTE);
    expect([posts(forum, one), posts(forum, two)]).toEqual([['English'], ['Русская']]);
  });

  it('a correction of that time is edited in when it comes back', async () => {
    const channel = await channelWith();
    await deliverAndWatch();
    const story = await publish(stage.desk, 'en', { headline: 'A headline with a mistake' });
    await live(MINUTE);
    channel.setBotRights([], owner);
    await revise(stage.desk, story, { headline: 'A headline without it' });
    await live(3 * MINUTE);
    expect(posts(channel)).toEqual(['A headline with a mistake']);
    channel.setBotRights(POST, owner);
    await live(3 * MINUTE);
    expect(posts(channel)).toEqual(['A headline without it']);
  });
});

describe('a topic', () => {
  const forumWith = async () => {
    const forum = stage.telegram.supergroup({ owner, forum: true, title: 'Форум' });
    forum.addBot(undefined, owner);
    const topic = forum.createTopic('News', owner);
    await stage.settle();
    await bind(forum, 'en', {}, topic);
    return { forum, topic };
  };

  it('that is closed pauses with one word to the owner, and goes on when it is open again', async () => {
    const { forum, topic } = await forumWith();
    await stage.deliver();
    forum.closeTopic(topic, owner);
    await publish(stage.desk, 'en', { headline: 'Behind the door' });
    await live(2 * MINUTE);
    expect(await known(forum, topic)).toMatchObject({ state: 'paused', note: 'topic' });
    expect(words()).toHaveLength(1);
    forum.reopenTopic(topic, owner);
    await live(MINUTE);
    expect(posts(forum, topic)).toEqual(['Behind the door']);
  });

  it('that is open again goes on although no update tells of it', async () => {
    const { forum, topic } = await forumWith();
    await deliverAndWatch();
    forum.closeTopic(topic, owner);
    await publish(stage.desk, 'en', { headline: 'Behind the door' });
    await live(2 * MINUTE);
    expect(await known(forum, topic)).toMatchObject({ state: 'paused', note: 'topic' });
    forum.reopenTopic(topic, owner);
    await stage.telegram.handle(stage.telegram.token, 'getUpdates', { offset: -1 });
    await stage.telegram.handle(stage.telegram.token, 'getUpdates', {
      offset: (stage.telegram.pendingUpdates().at(-1)?.update_id ?? 0) + 1,
    });
    await live(10 * MINUTE);
    expect(posts(forum, topic)).toEqual(['Behind the door']);
    expect(words()).toHaveLength(1);
  });

  it('that is deleted is believed gone only after some minutes, and nothing goes to General instead', async () => {
    const { forum, topic } = await forumWith();
    await stage.deliver();
    forum.deleteTopic(topic);
    await publish(stage.desk, 'en', { headline: 'Nowhere' });
    await live(2 * MINUTE);
    expect(await known(forum, topic)).toMatchObject({ state: 'active' });
    expect(words()).toEqual([]);
    await live(4 * MINUTE);
    expect(await known(forum, topic)).toMatchObject({ state: 'paused', note: 'topic' });
    expect(words()).toHaveLength(1);
    expect(posts(forum)).toEqual([]);
  });

  it('that Telegram does not find for a moment gets its story once, a little later', async () => {
    const { forum, topic } = await forumWith();
    await stage.deliver();
    stage.telegram.faults.add({
      method: 'sendMessage',
      chatId: forum.id,
      times: 2,
      kind: 'refuse',
      description: 'Bad Request: message thread not found',
    });
    await publish(stage.desk, 'en', { headline: 'After all' });
    await live(4 * MINUTE);
    expect(posts(forum, topic)).toEqual(['After all']);
    expect(words()).toEqual([]);
  });
});

describe('a group that becomes a supergroup', () => {
  it('keeps its settings and misses nothing, whichever comes first, the update or the refusal', async () => {
    for (const updateFirst of [true, false]) {
      const group = stage.telegram.group({ owner, title: 'Группа' });
      group.addBot(undefined, owner);
      await stage.settle();
      await bind(group, 'en', { style: 'headline' });
      if (updateFirst) await stage.deliver();
      const moved = group.migrate();
      if (updateFirst) await stage.settle();
      await publish(stage.desk, 'en', { headline: `Moved ${updateFirst}` });
      await live(MINUTE);
      expect(posts(moved).at(-1)).toBe(`Moved ${updateFirst}`);
      expect(await known(moved)).toMatchObject({ state: 'active', settings: { style: 'headline' } });
      expect(await known(group)).toBeUndefined();
    }
  });
});

describe('a move that Telegram tells of three times at once', () => {
  it('is one move', async () => {
    const group = stage.telegram.group({ owner });
    group.addBot(undefined, owner);
    await stage.settle();
    await bind(group);
    const moved = group.migrate();
    await Promise.all([1, 2, 3].map(() => moveChat(stage.desk, group.id, moved.id)));
    expect(await known(moved)).toMatchObject({ state: 'active' });
    expect(await known(group)).toBeUndefined();
  });

  const presses: [string, (desk: Desk, chat: Chat) => Promise<unknown>, object][] = [
    ['pause', pauseChat, { state: 'paused' }],
    ['end of the news', unsubscribe, { state: 'idle' }],
    [
      'choice',
      (desk, chat) => changeSettings(desk, chat, { style: 'full' }, 'en'),
      { settings: { style: 'full' } },
    ],
  ];
  it.each(
    presses.flatMap(([name, ...more]) =>
      (['move-chat', 'save-chat'] as const).map((script) => [name, script, ...more] as const),
    ),
  )('undoes no %s that comes in between, right before %s', async (_name, script, press, result) => {
    const { desk, telegram } = stage;
    const group = telegram.group({ owner });
    group.addBot(undefined, owner);
    await stage.settle();
    await bind(group);
    const chat: Chat = { id: group.id, kind: 'group' };
    const moved = group.migrate();
    const steps = [() => moveChat(desk, group.id, moved.id), () => press(desk, chat)];
    const [first, second] = script === 'move-chat' ? steps : steps.toReversed();
    const run = desk.store.run.bind(desk.store);
    let isOver = false;
    const hook = vi.spyOn(desk.store, 'run').mockImplementation(async (name, ...rest) => {
      if (name === script && !isOver) {
        isOver = true;
        await second?.();
      }
      return run(name, ...rest);
    });
    await first?.();
    hook.mockRestore();
    expect(await known(moved)).toMatchObject(result);
    expect(await known(group)).toBeUndefined();
  });

  it('leaves nothing behind by which an edit could meet another message of the new chat', async () => {
    const group = stage.telegram.group({ owner });
    group.addBot(undefined, owner);
    await stage.settle();
    await bind(group);
    await deliverAndWatch();
    const story = await publish(stage.desk, 'en', { headline: 'In the old group' });
    await live(MINUTE);
    const moved = group.migrate();
    await live(MINUTE);
    for (let count = 0; count < 12; count += 1) {
      await publish(stage.desk, 'en', { headline: `In the new group ${count}` });
      await live(MINUTE);
    }
    await revise(stage.desk, story, { headline: 'Set right' });
    await live(2 * MINUTE);
    expect(posts(moved)).toEqual(Array.from({ length: 12 }, (_, count) => `In the new group ${count}`));
  });
});

describe('when the bot is removed', () => {
  it('settings wait 30 days; added again, the place goes on with what it missed of late', async () => {
    const channel = await channelWith(POST, { style: 'headline' });
    await stage.deliver();
    channel.removeBot(owner);
    await stage.settle();
    expect(await known(channel)).toMatchObject({ state: 'left' });
    await publish(stage.desk, 'en', { headline: 'Meanwhile' });
    await live(MINUTE);
    channel.addBot(POST, owner);
    await live(MINUTE);
    expect(await known(channel)).toMatchObject({ state: 'active', settings: { style: 'headline' } });
    expect(posts(channel)).toEqual(['Meanwhile']);
    expect(lastWord()).toBe(ON);
  });

  it('a channel that an earlier version took for left, though the bot is in it, has its news again', async () => {
    const channel = await channelWith();
    await deliverAndWatch();
    await chatLeft(stage.desk, placeOf(channel));
    await publish(stage.desk, 'en', { headline: 'Meanwhile' });
    await live(2 * MINUTE);
    expect(await known(channel)).toMatchObject({ state: 'active' });
    expect(posts(channel)).toEqual(['Meanwhile']);
  });

  it('a group has no news again because a mere member adds it, neither soon nor when its 30 days are over', async () => {
    const group = stage.telegram.supergroup({ owner });
    const member = stage.telegram.person();
    group.addBot(undefined, owner);
    group.join(member);
    await stage.settle();
    await bind(group);
    await deliverAndWatch();
    group.removeBot(owner);
    await stage.settle();
    group.addBot(undefined, member);
    await publish(stage.desk, 'en', { headline: 'Meanwhile' });
    await live(10 * MINUTE);
    expect(await known(group)).toMatchObject({ state: 'left' });
    await stage.clock.advance(31 * 24 * HOUR);
    await removeForgotten(stage.desk);
    expect(await known(group)).toBeUndefined();
    expect(posts(group)).toEqual([]);
  });

  it('the other owners hear of it, the one who did it does not', async () => {
    const channel = await channelWith();
    const deputy = stage.telegram.person({ language: 'be' });
    deputy.start();
    channel.promote(deputy, POST);
    await stage.settle();
    const place = await known(channel);
    if (place) await addOwner(stage.desk, place, deputy.id, 'be');
    channel.removeBot(deputy);
    await stage.settle();
    expect(words()).toHaveLength(1);
    expect(deputy.messages().at(-1)?.text).not.toContain('прыбралі');
  });

  it('a deleted channel is left in silence', async () => {
    const channel = await channelWith();
    await stage.deliver();
    channel.destroy();
    await publish(stage.desk, 'en');
    await live(MINUTE);
    expect(await known(channel)).toMatchObject({ state: 'left' });
  });
});

describe('urgent stories', () => {
  it('are pinned where the owner wants it', async () => {
    const channel = await channelWith([...POST, 'can_edit_messages'], { pin: true });
    await stage.deliver();
    await publish(stage.desk, 'en', { headline: 'Calm' });
    await publish(stage.desk, 'en', { headline: 'Urgent', urgent: true });
    await live(MINUTE);
    const pinned = channel.messages().filter((message) => message.pinned);
    expect(pinned.map(({ text }) => text)).toEqual([expect.stringContaining('Urgent')]);
  });

  it('are no longer pinned once the right is gone: pinning is off, with a word to the owner', async () => {
    const channel = await channelWith([...POST, 'can_edit_messages'], { pin: true });
    await stage.deliver();
    channel.setBotRights(POST, owner);
    await live(MINUTE);
    expect(await known(channel)).toMatchObject({ state: 'active', settings: { pin: false } });
    expect(words()).toHaveLength(1);
    expect(words()[0]).toContain('закреплять');
    await publish(stage.desk, 'en', { headline: 'Urgent', urgent: true });
    await live(MINUTE);
    expect(channel.messages().filter(({ pinned }) => pinned)).toEqual([]);
  });

  it('whose pin is refused only after the group was forgotten leave it forgotten, and nobody is told', async () => {
    const { desk, clock, telegram } = stage;
    const group = telegram.supergroup({ owner });
    group.addBot(undefined, owner);
    await stage.settle();
    await bind(group, 'en', { pin: true });
    const fault = { method: 'pinChatMessage', times: 1 };
    telegram.faults.add({ kind: 'too-many', ...fault, retryAfter: 8 });
    telegram.faults.add({
      kind: 'refuse',
      ...fault,
      description: 'Bad Request: not enough rights to pin a message',
    });
    await stage.deliver();
    await publish(desk, 'en', { headline: 'Urgent', urgent: true });
    await until(clock, () => telegram.counters().calls['pinchatmessage'] === 1);
    const forgetting = forgetChat(desk, placeOf(group), []);
    await live(20_000);
    await forgetting;
    expect(telegram.counters().calls['pinchatmessage']).toBe(2);
    expect(await known(group)).toBeUndefined();
    expect(words()).toEqual([]);
  });

  it.each([undefined, 'reset-before', 'reset-after'] as const)(
    'that are withdrawn lose their pin, whatever becomes of the first try of the edit: %s',
    async (kind) => {
      const channel = await channelWith([...POST, 'can_edit_messages'], { pin: true });
      await deliverAndWatch();
      const story = await publish(stage.desk, 'en', { headline: 'Urgent', urgent: true });
      await live(MINUTE);
      if (kind) stage.telegram.faults.add({ kind, method: 'editMessageText', chatId: channel.id, times: 1 });
      await revise(stage.desk, story, { withdrawn: true });
      expect(channel.messages().some(({ pinned }) => pinned)).toBe(true);
      const shown = () => channel.messages().filter(({ fromBot, service }) => fromBot && !service);
      await until(stage.clock, () => shown().every(({ text, pinned }) => !pinned && /withdrawn/i.test(text)));
      expect(shown()).toHaveLength(1);
    },
  );
});

describe('a change of edition during a pause', () => {
  it('there and back tells what waited for the channel, once', async () => {
    const channel = await channelWith();
    await stage.deliver();
    await pauseChat(stage.desk, placeOf(channel));
    await publish(stage.desk, 'en', { headline: 'Old English' });
    await changeSettings(stage.desk, placeOf(channel), { edition: 'ru' }, 'ru');
    await resumeChat(stage.desk, placeOf(channel));
    await changeSettings(stage.desk, placeOf(channel), { edition: 'en' }, 'en');
    await publish(stage.desk, 'en', { headline: 'New English' });
    await live(MINUTE);
    expect(posts(channel)).toHaveLength(1);
    expect(channel.messages().at(-1)?.text).toMatch(/^2 new stories[^]*New English[^]*Old English/);
  });

  it('that began while a post was on its way tells what waited for the channel, whatever the other edition publishes', async () => {
    const { desk, clock } = stage;
    const channel = await channelWith();
    for (const edition of ['ru', 'en'] as const) await publish(desk, edition, { headline: 'Before' });
    const { promise: held, resolve: arrive } = Promise.withResolvers<void>();
    const send: typeof desk.telegram.send = async (...post) => {
      const outcome = await desk.telegram.send(...post);
      await held;
      return outcome;
    };
    await stage.deliver({ ...desk, telegram: { ...desk.telegram, send } });
    await until(clock, () => posts(channel).length === 1);
    await pauseChat(desk, placeOf(channel));
    arrive();
    await live(5000);
    await publish(desk, 'ru', { headline: 'Old Russian' });
    await changeSettings(desk, placeOf(channel), { edition: 'ru' }, 'ru');
    await publish(desk, 'en', { headline: 'English goes on' });
    await live(5000);
    await publish(desk, 'ru', { headline: 'New Russian' });
    await resumeChat(desk, placeOf(channel));
    await live(MINUTE);
    expect(posts(channel)).toHaveLength(2);
    expect(channel.messages().at(-1)?.text).toMatch(/^2 новые[^]*New Russian[^]*Old Russian/);
  });
});

it('a channel’s discussion group gets each story once: as the copy of the post, not as one of its own', async () => {
  const channel = await channelWith();
  const group = stage.telegram.supergroup({ owner });
  channel.link(group);
  group.addBot(['can_delete_messages'], owner);
  await stage.settle();
  await deliverAndWatch();
  for (const headline of ['One', 'Two']) {
    await publish(stage.desk, 'en', { headline });
    await live(MINUTE);
  }
  const copies = group.messages().filter(({ service }) => !service);
  expect(copies.map(({ text }) => text.split('\n')[0])).toEqual(['One', 'Two']);
  expect(copies.every(({ wire }) => wire.is_automatic_forward)).toBe(true);
  expect(posts(channel)).toEqual(['One', 'Two']);
});
