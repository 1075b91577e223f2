import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ANYBODY, handleFor, ownersOf } from '#src/desk/chats/owners.ts';
import { DOORS } from '#src/news/settings.ts';
import { changeSettings, subscribe } from '#src/desk/chats/subscribe.ts';
import type { ChatClient, Person } from '#sandbox/telegram/telegram.ts';
import { openStage, type Stage } from '#testing/desk.ts';
import {
  channelOf,
  dataOf,
  deliverUpdate,
  forward,
  labels,
  POST,
  starter,
  stored,
  tap,
  type,
} from './editor.ts';
import { last, said } from './talk.ts';

let stage: Stage;
let owner: Person;
let paper: ChatClient;
let open: ChatClient;
let group: ChatClient;
let forum: ChatClient;
let topic: number;
/** Callback data of every button of the owner's card. */
let card: string[];
const errors = () => vi.mocked(stage.desk.log.error).mock.calls.length;

beforeAll(async () => {
  stage = await openStage();
  vi.spyOn(stage.desk.log, 'error');
  owner = await starter(stage);
  paper = await channelOf(stage, owner, 'Secret paper');
  await tap(stage, owner, 'English');
  card = await wholeCard(owner);
  open = stage.telegram.channel({ owner, title: 'Open paper', username: 'open_paper_sample' });
  group = stage.telegram.supergroup({ owner, title: 'Secret group' });
  forum = stage.telegram.supergroup({ owner, title: 'Secret forum', forum: true });
  open.addBot(POST, owner);
  group.addBot(undefined, owner);
  forum.addBot(undefined, owner);
  topic = forum.createTopic('Topic', owner);
  await stage.settle();
  for (const [chat, thread] of [[paper], [open], [group], [forum, topic]] as [ChatClient, number?][]) {
    const kind = thread ? 'topic' : chat.kind === 'channel' ? 'channel' : 'group';
    const place = thread ? ({ id: chat.id, thread, kind } as const) : ({ id: chat.id, kind } as const);
    await subscribe(stage.desk, place, 'be');
    await changeSettings(stage.desk, place, { signature: { text: 'Secret signature' } }, 'be');
  }
});
afterAll(() => stage.close());

/** Callback data of every button of somebody's card, and of those behind its doors; the card is shown again. */
async function wholeCard(person: Person): Promise<string[]> {
  const { id } = last(person);
  const shown = () =>
    last(person)
      .buttons.flat()
      .flatMap(({ callback_data }) => callback_data ?? []);
  const press = async (data: string | undefined) => stage.press(person, id, { data: data ?? '' });
  const all = shown();
  const home = all.find((data) => data.endsWith(':v'))?.replace(/:v$/, '') ?? '';
  await press(`${home}:g:more`);
  const more = shown();
  for (const door of DOORS) {
    await press(`${home}:g:${door}`);
    all.push(...shown());
    await press(`${home}:g:more`);
  }
  await press(`${home}:c`);
  return [...new Set([...all, ...more])];
}

const everything = async () => {
  const places = [
    await stored(stage, paper),
    await stored(stage, open),
    await stored(stage, group),
    await stored(stage, forum, topic),
  ];
  const owners = await Promise.all(places.map(async (place) => (place ? ownersOf(stage.desk, place) : [])));
  return { places, owners, forum: await stored(stage, forum) };
};

/** A press of `data` by `person`, on a message that stands in `chat`. */
const press = (person: Person, data: string, chat?: object | null, message: object = {}) =>
  deliverUpdate(stage, {
    callback_query: {
      id: `${Math.floor(Math.random() * 1e12)}`,
      from: person.user,
      chat_instance: '1',
      data,
      ...(chat === null
        ? { inline_message_id: 'x' }
        : {
            message: {
              message_id: 4,
              date: 1_700_000_000,
              chat: chat ?? { id: person.id, type: 'private', first_name: 'S' },
              from: stage.telegram.bot,
              text: 'Card',
              ...message,
            },
          }),
    },
  });

const shared = (person: Person, chatId: number, requestId = 1, chat?: object) =>
  deliverUpdate(stage, {
    message: {
      message_id: 5,
      date: 1,
      chat: chat ?? { id: person.id, type: 'private', first_name: 'S' },
      from: person.user,
      chat_shared: { request_id: requestId, chat_id: chatId },
    },
  });

const wire = (chat: ChatClient) => ({
  id: chat.id,
  type: chat.kind === 'channel' ? 'channel' : 'supergroup',
  title: chat.title,
});
const pressAll = async (person: Person, chat?: object | null, message: object = {}) => {
  for (const data of card) await press(person, data, chat, message);
};
const inGroup = (from: object, text: string, extra: object = {}) =>
  deliverUpdate(stage, {
    message: {
      message_id: 6,
      date: 1,
      chat: wire(group),
      from,
      text,
      entities: [{ type: 'bot_command', offset: 0, length: text.split(' ')[0]?.length }],
      ...extra,
    },
  });
/** A stranger's own channel with its card: they know how our buttons look. */
const ownCard = async (person: Person) => {
  await channelOf(stage, person, 'Own');
  return dataOf(last(person), 'English');
};
const handleOf = (data: string) => data.split(':')[2] ?? '';

const WAYS: Readonly<Record<string, (stranger: Person) => Promise<unknown>>> = {
  'the name of a public channel': (me) => type(stage, me, '@open_paper_sample'),
  'the address of a public channel’s post': (me) => type(stage, me, 'https://t.me/open_paper_sample/3'),
  'the address of a private channel’s post': (me) =>
    type(stage, me, `https://t.me/c/${-paper.id - 1_000_000_000_000}/3`),
  'a forwarded post': (me) => forward(stage, me, paper),
  'a forwarded message of a group': (me) => forward(stage, me, group),
  'a fake chat_shared of a channel': (me) => shared(me, paper.id),
  'a fake chat_shared of a group': (me) => shared(me, group.id, 2),
  'a fake chat_shared with a request that was never made': (me) => shared(me, paper.id, 99),
  'a fake chat_shared of the owner’s own chat': (me) => shared(me, owner.id),
  'a chat_shared written in the group itself': (me) => shared(me, group.id, 2, wire(group)),
  'a deep link taken from the group': (me) =>
    type(stage, me, `/start c_${handleFor(stage.desk, ANYBODY, { id: group.id, kind: 'group' })}`),
  'a deep link taken from a topic': (me) =>
    type(
      stage,
      me,
      `/start c_${handleFor(stage.desk, ANYBODY, { id: forum.id, thread: topic, kind: 'topic' })}`,
    ),
  'the owner’s handle as a deep link': (me) => type(stage, me, `/start c_${handleOf(card[0] ?? '')}`),
  'deep links that are none': async (me) => {
    for (const link of ['c_', `c_${'A'.repeat(28)}`, 'c_../../x', 'C_', `c_${'_'.repeat(60)}`])
      await type(stage, me, `/start ${link}`);
  },
  'copied callback data': (me) => pressAll(me),
  'a forwarded card': (me) =>
    pressAll(me, undefined, { forward_origin: { type: 'user', date: 1, sender_user: owner.user } }),
  'the card’s data under a message in the group': (me) => pressAll(me, wire(group)),
  'the card’s data under a post in the channel': (me) => pressAll(me, wire(paper)),
  'the card’s data under an inline message': (me) => pressAll(me, null),
  'the card’s data under a message too old to be shown': (me) => pressAll(me, undefined, { date: 0 }),
  'the handle of a deep link as one’s own': async (me) => {
    const handle = handleFor(stage.desk, ANYBODY, { id: group.id, kind: 'group' });
    for (const act of ['c', 'e:ru', 'off', 'x', 'v', 's:style:full']) await press(me, `1:p:${handle}:${act}`);
  },
  'guessed handles': async (me) => {
    for (let guess = 0; guess < 50; guess += 1)
      await press(
        me,
        `1:p:${Buffer.from(crypto.getRandomValues(new Uint8Array(21))).toString('base64url')}:x`,
      );
  },
  'an own handle with every bit turned': async (me) => {
    const bytes = Buffer.from(handleOf(await ownCard(me)), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const other = Buffer.from(bytes);
      other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      await press(me, `1:p:${other.toString('base64url')}:x`);
    }
  },
  'acts that no card has': async (me) => {
    const handle = handleOf(await ownCard(me));
    await press(me, `1:p:${handle}:e:en`);
    for (const act of [
      'e:xx',
      's:keep:1',
      's:__proto__:on',
      's:pin:maybe',
      'g:__proto__',
      't:edition',
      'u:',
      'r:',
      'zz',
      '',
      ':',
    ])
      await press(me, `1:p:${handle}:${act}`);
  },
  'a demoted administrator’s old card': async (me) => {
    paper.promote(me, POST);
    await forward(stage, me, paper);
    const old = await wholeCard(me);
    expect(old.length).toBeGreaterThan(10);
    paper.demote(me);
    for (const data of old) await press(me, data, undefined, { message_id: last(me).id });
    expect(last(me).text).not.toContain('Secret');
  },
  'a press that is overtaken by the demotion': async (me) => {
    paper.promote(me, POST);
    await forward(stage, me, paper);
    await tap(stage, me, 'More');
    const pressed = me.press(last(me).id, 'Pause').catch(() => undefined);
    const chosen = me.press(last(me).id, 'Unbind').catch(() => undefined);
    paper.demote(me);
    await stage.settle();
    await Promise.all([pressed, chosen]);
  },
  'words typed after the demotion': async (me) => {
    paper.promote(me, POST);
    await forward(stage, me, paper);
    await tap(stage, me, 'More');
    await tap(stage, me, 'How it looks');
    await tap(stage, me, 'Signature: Secret signature');
    paper.demote(me);
    await type(stage, me, 'A stranger’s words');
  },
  'an administrator who may neither post nor manage': async (me) => {
    paper.promote(me, ['can_invite_users']);
    await forward(stage, me, paper);
    await shared(me, paper.id);
    await type(stage, me, '/channels');
    paper.leave(me);
  },
  'an administrator of another channel': async (me) => {
    await ownCard(me);
    await forward(stage, me, paper);
    await type(stage, me, '/channels');
  },
  'a member of the group, by commands': async (me) => {
    group.join(me);
    for (const words of ['/channels', '/subscribe ru', '/unsubscribe', '/forget', '/settings', '/style full'])
      group.say(me, words);
    await stage.settle();
    await type(stage, me, '/channels');
  },
  'a member of the group, by its deep link and its forwarded words': async (me) => {
    group.join(me);
    await type(stage, me, `/start c_${handleFor(stage.desk, ANYBODY, { id: group.id, kind: 'group' })}`);
    await forward(stage, me, group);
  },
  'a member who writes in the name of a channel of theirs': async (me) => {
    group.join(me);
    const mine = await channelOf(stage, me, 'Own');
    await inGroup({ id: 136_817_688, is_bot: true, first_name: 'Channel' }, '/unsubscribe', {
      sender_chat: wire(mine),
    });
    await inGroup({ id: 136_817_688, is_bot: true, first_name: 'Channel' }, '/subscribe ru', {
      sender_chat: wire(mine),
    });
  },
  'a member who names another group as the anonymous writer': async (me) => {
    group.join(me);
    await inGroup({ id: 1_087_968_824, is_bot: true, first_name: 'Group' }, '/unsubscribe', {
      sender_chat: wire(forum),
    });
  },
  'somebody whom the channel has thrown out': async (me) => {
    paper.promote(me, POST);
    await forward(stage, me, paper);
    paper.leave(me);
    await type(stage, me, '/channels');
    await press(me, card[0] ?? '');
    await forward(stage, me, paper);
  },
  'a command edited into an old message, in the group and in the channel': async (me) => {
    group.join(me);
    const edited = { message_id: 6, date: 1, edit_date: 2, text: '/unsubscribe' };
    const entities = [{ type: 'bot_command', offset: 0, length: 12 }];
    await deliverUpdate(stage, { edited_message: { ...edited, entities, chat: wire(group), from: me.user } });
    await deliverUpdate(stage, { edited_channel_post: { ...edited, entities, chat: wire(paper) } });
    const id = group.say(me, 'talk');
    group.edit(me, id, '/unsubscribe');
  },
  'a message through a business account': (me) =>
    deliverUpdate(stage, {
      business_message: {
        business_connection_id: 'b',
        message_id: 6,
        date: 1,
        chat: wire(group),
        from: me.user,
        text: '/unsubscribe',
        entities: [{ type: 'bot_command', offset: 0, length: 12 }],
      },
    }),
  'a command through an inline bot, ours and another': async (me) => {
    group.join(me);
    await inGroup(me.user, '/unsubscribe', { via_bot: stage.telegram.bot });
    await inGroup(me.user, '/unsubscribe', { via_bot: { id: 99, is_bot: true, first_name: 'Other' } });
  },
  'a post of the linked channel in its group': async () => {
    const origin = { type: 'channel', date: 1, chat: wire(paper), message_id: 3 };
    const telegram = { id: 777_000, is_bot: false, first_name: 'Telegram' };
    for (const words of ['/unsubscribe', '/subscribe ru', '/forget', '/channels'])
      await inGroup(telegram, words, {
        sender_chat: wire(paper),
        is_automatic_forward: true,
        forward_origin: origin,
      });
  },
  'a command of nobody': async () => {
    for (const words of ['/unsubscribe', '/subscribe ru', '/channels']) {
      await deliverUpdate(stage, {
        message: {
          message_id: 6,
          date: 1,
          chat: wire(group),
          text: words,
          entities: [{ type: 'bot_command', offset: 0, length: words.split(' ')[0]?.length }],
        },
      });
    }
  },
  'buttons of one’s own card pressed in the chat of another': async (me) => {
    await ownCard(me);
    const own = last(me)
      .buttons.flat()
      .flatMap(({ callback_data }) => callback_data ?? []);
    for (const data of own) {
      await press(me, data, wire(paper));
      await press(me, data, wire(group));
      await press(me, data, { ...wire(forum), is_forum: true }, { message_thread_id: topic });
    }
  },
  'presses without data, and with data that no button holds': async (me) => {
    for (const data of [
      '\0',
      ' ',
      '1',
      '1:',
      '1:p',
      '1:p:',
      '9:p:x',
      'x'.repeat(4096),
      '1:p:__proto__:x',
      '🏳️',
    ])
      await press(me, data);
    await deliverUpdate(stage, {
      callback_query: { id: '1', from: me.user, chat_instance: '1', game_short_name: 'x' },
    });
  },
  'the data of a menu of the private chat, pressed in the group': async (me) => {
    await type(stage, me, '/subscribe en');
    await type(stage, me, '/settings');
    const own = last(me)
      .buttons.flat()
      .flatMap(({ callback_data }) => callback_data ?? []);
    expect(own.length).toBeGreaterThan(5);
    for (const data of [
      ...own,
      '1:unsubscribe',
      '1:language:ru',
      '1:subscribe:ru',
      '1:forget',
      '1:set:style:full',
    ])
      await press(me, data, wire(group));
  },
  'huge and odd words': async (me) => {
    const long = 'Б'.repeat(4096);
    for (const words of [
      `@${long}`,
      `t.me/${long}`,
      `/start c_${long}`,
      `/start ${long}`,
      `/channels ${long}`,
    ])
      await type(stage, me, words.slice(0, 4096));
    for (const words of [
      'https://t.me/c/99999999999999999999/1',
      't.me/c/0/0',
      '@',
      't.me/',
      '-1001',
      '@a b',
    ])
      await type(stage, me, words);
  },
  'shared chats of impossible numbers': async (me) => {
    for (const id of [0, -1, 2 ** 52, -(2 ** 53), Number.MAX_SAFE_INTEGER, me.id, stage.telegram.bot.id])
      await shared(me, id);
  },
  'a forwarded message of no known origin': async (me) => {
    for (const origin of [
      { type: 'hidden_user', date: 1, sender_user_name: 'Secret' },
      { type: 'user', date: 1, sender_user: owner.user },
      { type: 'other', date: 1, chat: wire(paper) },
    ])
      await deliverUpdate(stage, {
        message: {
          message_id: 7,
          date: 1,
          chat: { id: me.id, type: 'private', first_name: 'S' },
          from: me.user,
          text: 'x',
          forward_origin: origin,
        },
      });
  },
  'the start while somebody else’s card waits': async (me) => {
    const other = stage.telegram.person({ language: 'en' });
    await channelOf(stage, other, 'Secret waiting');
    me.start();
    await stage.settle();
    await type(stage, me, '/start channels');
    await type(stage, me, '/channels');
  },
  'a card that was open when its group’s administrator was demoted': async (me) => {
    group.join(me);
    group.promote(me, ['can_change_info']);
    await forward(stage, me, group);
    const old = await wholeCard(me);
    expect(old.length).toBeGreaterThan(10);
    group.demote(me);
    for (const data of old) await press(me, data, undefined, { message_id: last(me).id });
    for (const data of old) await press(me, data, wire(group));
    group.say(me, '/unsubscribe');
    await stage.settle();
    expect(last(me).text).not.toContain('Secret');
  },
};

describe('a stranger', () => {
  it('has at least thirty ways to try', () => {
    expect(Object.keys(WAYS).length).toBeGreaterThanOrEqual(30);
  });

  it.each(Object.entries(WAYS))('gets nowhere by %s', async (way, attack) => {
    const stranger = await starter(stage);
    const before = await everything();
    await attack(stranger);
    await stage.settle();
    const after = await everything();
    expect(after.places).toEqual(before.places);
    expect(after.forum).toBeUndefined();
    // An administrator for a while may have been noted as one, and is not any more once they tried again.
    expect(after.owners.flat().map((one) => one?.id)).not.toContain(stranger.id);
    const read = said(stranger).map((message) => [message.text, ...labels(message)].join(' '));
    // A former administrator keeps what they were shown then; a stranger learns nothing at all.
    const insider = /administrator|thrown out|demotion/.test(way);
    if (!insider) expect(read.filter((text) => text.includes('Secret'))).toEqual([]);
    expect(errors()).toBe(0);
  });

  it('who brings the bot back to a group does not bring the news back', async () => {
    const stranger = await starter(stage);
    group.join(stranger);
    group.removeBot(owner);
    await stage.settle();
    expect(await stored(stage, group)).toMatchObject({ state: 'left' });
    group.addBot(undefined, stranger);
    await stage.settle();
    expect(await stored(stage, group)).toMatchObject({ state: 'left' });
    expect(said(stranger).at(-1)?.text).not.toContain('Secret');
    group.removeBot(owner);
    group.addBot(undefined, owner);
    await stage.settle();
    expect(await stored(stage, group)).toMatchObject({
      state: 'active',
      settings: { signature: { text: 'Secret signature' } },
    });
  });

  it('costs the owner nothing: their card works as before', async () => {
    const [own] = said(owner).filter((message) => message.text.includes('Secret paper'));
    await stage.press(owner, own?.id ?? 0, 'More');
    await stage.press(owner, own?.id ?? 0, 'Pause');
    expect(await stored(stage, paper)).toMatchObject({ state: 'paused' });
  });
});
