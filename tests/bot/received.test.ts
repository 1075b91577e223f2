import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { handleUpdate } from '#src/bot/inbox.ts';
import { takeUpdates } from '#src/bot/updates.ts';
import { findChat } from '#src/desk/chats/subscribe.ts';
import type { Person } from '#sandbox/telegram/telegram.ts';
import { until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';
import { ask, last, record, said, subscriber } from './talk.ts';

type Update = Parameters<typeof handleUpdate>[2];

let stage: Stage;
let person: Person;
beforeEach(async () => {
  stage = await openStage();
  person = await subscriber(stage, 'en');
});
afterEach(() => stage.close());

let updateId = 1_000_000;

/** Brings the bot what Telegram would. */
async function bring(...updates: object[]): Promise<void> {
  let taken: boolean | undefined;
  const all = updates.map((update) => ({ update_id: (updateId += 1), ...update })) as Update[];
  void takeUpdates(stage.bot, stage.desk, all).then((result) => (taken = result));
  await until(stage.clock, () => taken !== undefined);
  expect(taken).toBe(true);
}

let messageId = 1000;

/** A message of the person's in their chat with the bot, or in another. */
const message = (more: object, chat: object = { id: person.id, type: 'private' }) => ({
  message_id: (messageId += 1),
  date: Math.floor(stage.clock.now() / 1000),
  chat,
  from: { id: person.id, is_bot: false, first_name: 'R' },
  ...more,
});

const BY_ANOTHER = {
  forwarded: { forward_origin: { type: 'hidden_user', sender_user_name: 'X', date: 1 } },
  'brought in by another bot': { via_bot: { id: 5, is_bot: true, first_name: 'b', username: 'gif_bot' } },
};

describe.each(Object.entries(BY_ANOTHER))('a command that is %s', (_name, origin) => {
  it.each(['/forget', '/unsubscribe', '/style full'])('%s is no command of the reader', async (text) => {
    const before = await record(stage, person);
    await bring({ message: message({ text, ...origin }) });
    expect(await record(stage, person)).toEqual(before);
    expect(last(person).text).toContain('Search the news');
  });

  it('in a group is none of the administrator, and meets silence', async () => {
    const group = stage.telegram.group({ owner: person });
    group.addBot(['can_delete_messages']);
    await stage.settle();
    group.say(person, '/subscribe en');
    await stage.settle();
    const words = group.messages().length;
    await bring({
      message: message({ text: '/forget', ...origin }, { id: group.id, type: 'supergroup', title: 'G' }),
    });
    expect(group.messages()).toHaveLength(words);
    expect(await findChat(stage.desk, { id: group.id, kind: 'group' })).toMatchObject({ state: 'active' });
  });
});

describe('albums', () => {
  const album = (name: string, count: number) =>
    Array.from({ length: count }, () => ({ message: message({ media_group_id: name, photo: [] }) }));

  it('of ten pictures each are answered once each, and the next command too', async () => {
    const before = said(person).length;
    await bring(...album('one', 10));
    await bring(...album('two', 10));
    expect(said(person)).toHaveLength(before + 2);
    expect((await ask(stage, person, '/help')).text).toContain('What I can do');
  });
});

const among = (...parts: fc.Arbitrary<unknown>[]) => fc.oneof(fc.jsonValue(), ...parts);
const anyChat = among(
  fc.record({ id: fc.integer(), type: fc.constantFrom('private', 'channel', 'group', 'supergroup') }),
);
const anyPerson = among(fc.record({ id: fc.integer(), language_code: among() }));
const anyMember = among(fc.record({ status: among(fc.constantFrom('kicked', 'member', 'administrator')) }));
const anyText = among(fc.constantFrom('/forget', '/help', '/subscribe en', 'words'));
const anyMessage = among(
  fc.record({ chat: anyChat, message_id: among(fc.integer()), text: anyText }, { requiredKeys: ['chat'] }),
);

/** Anything under the names that the bot reads, often half of what Telegram writes. */
const anyUpdate = fc.record(
  {
    message: anyMessage,
    channel_post: anyMessage,
    callback_query: among(fc.record({ id: among(), from: anyPerson, data: among(), message: anyMessage })),
    inline_query: among(fc.record({ id: among(), from: anyPerson, query: among() })),
    my_chat_member: among(
      fc.record({ chat: anyChat, from: anyPerson, old_chat_member: anyMember, new_chat_member: anyMember }),
    ),
  },
  { requiredKeys: [] },
);

describe('an update that is none', () => {
  it.each([{ message: {} }, { message: null }, { callback_query: { id: '1' } }, { my_chat_member: {} }])(
    '%j is counted and over, and the one beside it is answered',
    async (update) => {
      await bring(update, { message: message({ text: '/help' }) });
      expect(last(person).text).toContain('What I can do');
      const counted = (await stage.desk.status.updates.get()).values;
      expect(counted.find(({ labels }) => labels.kind === 'malformed')?.value).toBe(1);
    },
  );

  it('whatever it holds, keeps nobody from being answered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyUpdate, { minLength: 1, maxLength: 10 }), (updates) => bring(...updates)),
      { numRuns: 50 },
    );
    expect((await ask(stage, person, '/help')).text).toContain('What I can do');
  });
});
