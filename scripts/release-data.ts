/**
 * `node scripts/release-data.ts NAME`: a day of readers and places as this release stores it, into `tests/releases/NAME.resp`,
 * and who they are into `NAME.json`. To be run once, before the form of something that is stored changes: later releases are
 * tested on it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { removeLater } from '#src/desk/chats/remove.ts';
import { drawCode } from '#src/desk/chats/forget-code.ts';
import { findChat } from '#src/desk/chats/subscribe.ts';
import { writeLetter } from '#src/desk/letters/letters.ts';
import { correct } from '#src/desk/delivery/correct.ts';
import { beginWithKey } from '#src/desk/operator/rotate.ts';
import { copyKeys } from '#src/store/copy.ts';
import { claim } from '#src/store/cursors.ts';
import { addDoubt } from '#src/store/deliveries.ts';
import { noteUpdates } from '#src/store/inbox.ts';
import { holdLease } from '#src/store/lease.ts';
import { logHead } from '#src/store/logs.ts';
import { encodeCommand } from '#src/store/resp.ts';
import type { Edition } from '#src/news/edition.ts';
import { HOUR } from '#src/time.ts';
import type { Person } from '#sandbox/telegram/telegram.ts';
import { pass, publish, revise, startDelivery, until } from '#testing/delivery.ts';
import { openStage } from '#testing/desk.ts';

const name = process.argv[2] ?? '';
if (!/^[a-z0-9.-]+$/.test(name)) throw new Error('node scripts/release-data.ts NAME');
const FOLDER = new URL('../tests/releases/', import.meta.url);

const stage = await openStage({ adminIds: [77], keepHours: 47 });
const { desk, clock, telegram } = stage;
const OPERATOR = 77;

async function reader(language: Edition, ...commands: readonly string[]): Promise<Person> {
  const person = telegram.person({ language });
  for (const command of ['/subscribe', ...commands]) {
    person.send(command);
    await stage.settle();
  }
  return person;
}

await beginWithKey(desk);
const people = {
  plain: await reader('be'),
  follows: await reader(
    'be',
    '/follow Мінск, бібліятэка',
    '/style full',
    '/hide on',
    '/keep 6h',
    '/latest 3',
  ),
  quiet: await reader('ru', '/quiet 12:00-16:00', '/timezone Варшава'),
  digest: await reader('ru', '/digest 20:00', '/articles on', '/settings'),
  english: await reader('en', '/style headline', '/search library', 'words that nobody asked for'),
  left: await reader('en', '/unsubscribe'),
};
await drawCode(desk, { id: people.plain.id, kind: 'person' });
const owner = telegram.person({ language: 'en' });
owner.start();
await stage.settle();
const channel = telegram.channel({ owner, title: 'A channel' });
channel.addBot(['can_post_messages'], owner);
await stage.settle();
await stage.press(owner, owner.messages().at(-1)?.id ?? 0, 'English');
const group = telegram.supergroup({ owner, title: 'A group' });
group.addBot(undefined, owner);
await stage.settle();
group.say(owner, '/subscribe en');
await stage.settle();
// Somebody who never started the bot adds it to a channel: the card waits.
const stranger = telegram.person({ language: 'be' });
telegram.channel({ owner: stranger, title: 'Another' }).addBot(['can_post_messages'], stranger);
await stage.settle();

const stop = await startDelivery(desk);
const editing = new AbortController();
const corrections = correct(desk, editing.signal);
const stories = {
  corrected: await publish(desk, 'en', { headline: 'A library opens in the old town' }),
  urgent: await publish(desk, 'be', { headline: 'Тэрміновая навіна', urgent: true }),
  plain: await publish(desk, 'ru', { headline: 'Новости дня' }),
};
await until(clock, () => people.english.messages().some(({ text }) => text.includes('library opens')));
await pass(clock, 5000);
await revise(desk, stories.corrected, { headline: 'A library closes in the old town' });
await pass(clock, 90_000);
await desk.trace.flush();
editing.abort();
await stop();
await corrections;

// Traces of a process that is killed: a visit under way, an update that was read, a letter, a removal.
const pending = await publish(desk, 'be', { headline: 'Навіна, якую яшчэ ніхто не бачыў' });
const lease = await holdLease(desk.store, 'owner', clock, new AbortController().signal);
if (!lease) throw new Error('no lease');
const claimed = await claim(desk, {
  holder: lease.holder,
  edition: 'be',
  from: 'waiting',
  head: await logHead(desk.store, 'be'),
  count: 1,
  highest: 0,
  now: clock.now(),
});
if (claimed.length !== 1) throw new Error('nobody waits');
await lease.release();
await noteUpdates(desk, [
  {
    update_id: 900_000_001,
    message: {
      message_id: 9001,
      date: Math.floor(clock.now() / 1000),
      chat: { id: people.english.id, type: 'private', first_name: 'Reader' },
      from: { id: people.english.id, is_bot: false, first_name: 'Reader', language_code: 'en' },
      text: '/latest 1',
    },
  } as { update_id: number },
]);
await removeLater(desk, { id: people.plain.id, kind: 'person' }, [1], clock.now() + HOUR);
const place = await findChat(desk, { id: channel.id, kind: 'channel' });
if (place) await addDoubt(desk.store, place.slot);
await writeLetter(desk, { id: OPERATOR, kind: 'person' }, { text: 'An alarm' });

mkdirSync(FOLDER, { recursive: true });
const commands = [];
for await (const some of copyKeys(desk.store, '*', undefined)) commands.push(...some);
writeFileSync(new URL(`${name}.resp`, FOLDER), Buffer.concat(commands.map(encodeCommand)));
const facts = {
  now: clock.now(),
  people: Object.fromEntries(Object.entries(people).map(([role, { id }]) => [role, id])),
  owner: owner.id,
  stranger: stranger.id,
  channel: channel.id,
  group: group.id,
  stories: {
    ...Object.fromEntries(Object.entries(stories).map(([role, { id }]) => [role, id])),
    pending: pending.id,
  },
};
writeFileSync(new URL(`${name}.json`, FOLDER), `${JSON.stringify(facts, undefined, 2)}\n`);
await stage.close();
process.exit();
