/** The readers and channels of a year: they come, choose, write, go in every way there is, and count what they were shown. */
import { changeSettings, subscribe } from '#src/desk/chats/subscribe.ts';
import type { Settings } from '#src/news/settings.ts';
import type { Person } from '#sandbox/telegram/telegram.ts';
import { channel, person } from '#testing/delivery.ts';
import type { Stage } from '#testing/desk.ts';
import { HOUR } from '#src/time.ts';

/** The settings that each of ten readers has chosen. */
const CHOICES: readonly Partial<Settings>[] = [
  {},
  { keep: 6 },
  { digest: ['08:00', '20:00'] },
  { quiet: { from: '23:00', to: '07:00' } },
  { digest: ['20:00'], keep: 0 },
  { style: 'headline' },
  { digest: ['08:00', '20:00'], keep: 12 },
  { quiet: { from: '21:00', to: '09:00' }, sound: 'never' },
  { digest: ['08:00'] },
  { style: 'full' },
];
/** A fifth of the readers a month. */
const DAYS_OF_ALL = 150;
/** Telegram's number of the first reader. */
const FIRST = 2_000_000;
const CHANNELS = 3;
const WORDS = ['/settings', '/help', '/privacy', '/keep', '/digest', '/language'];
const LEAVE: readonly ((reader: Person) => void)[] = [
  (reader) => void reader.send('/forget'),
  (reader) => reader.block(),
  (reader) => void reader.send('/unsubscribe'),
  (reader) => reader.deleteAccount(),
];
/** A digest of the evening before comes within this many stories' time: what is older must have been shown. */
const PATIENCE_DAYS = 2;
/** Telegram lets no bot delete what is older, nor edit in private; the local one need not remember it. */
const REMEMBERED_MS = { private: 50 * HOUR, place: 31 * 24 * HOUR };

interface Watched {
  /** The lowest story that it was not seen to be shown. */
  next: number;
  readonly above: Set<number>;
}

export function createPublic(stage: Stage, size: number) {
  const { desk, telegram, clock } = stage;
  const watched = new Map<number, Watched>();
  const excused = new Set<number>();
  const remembered: { readonly until: number; readonly forget: () => void }[] = [];
  const before: number[] = [];
  let readers: Person[] = [];
  let [day, came, lost, twice, messages, debt] = [0, 0, 0, 0, 0, 0];

  const watch = (id: number, told: number) => watched.set(id, { next: told + 1, above: new Set() });

  async function come(told: number): Promise<void> {
    const reader = telegram.person({ id: FIRST + came, language: 'en' });
    reader.start();
    reader.send('/subscribe en');
    await stage.settle();
    await changeSettings(desk, person(reader.id), CHOICES[came % CHOICES.length] ?? {}, 'en');
    came += 1;
    watch(reader.id, told);
    readers.push(reader);
  }

  async function go(): Promise<void> {
    const [reader, ...rest] = readers;
    if (!reader) return;
    readers = rest;
    watched.delete(reader.id);
    LEAVE[came % LEAVE.length]?.(reader);
    await stage.settle();
  }

  function see(chatId: number, text: string): void {
    const chat = watched.get(chatId);
    if (!chat) return;
    for (const [, digits] of text.matchAll(/Story (\d+)\./g)) {
      const number = Number(digits);
      if (number < chat.next || chat.above.has(number)) twice += 1;
      else chat.above.add(number);
    }
  }

  /** Says the first few, with what that reader has chosen. */
  function miss(id: number, story: number): void {
    lost += 1;
    const choice = id < 0 ? 'a channel' : JSON.stringify(CHOICES[(id - FIRST) % CHOICES.length]);
    if (lost <= 40) console.log(`    day ${day}: story ${story} was not shown to ${choice}`);
  }

  /** Whoever has not been shown what came up to `until` has lost it. */
  function judge(id: number, chat: Watched, until: number): void {
    while (chat.above.has(chat.next) || chat.next <= until) {
      if (!chat.above.delete(chat.next) && !excused.has(chat.next)) miss(id, chat.next);
      chat.next += 1;
    }
  }

  return {
    async open(): Promise<void> {
      for (let index = 0; index < CHANNELS; index += 1) {
        const place = telegram.channel();
        place.addBot(['can_post_messages']);
        await subscribe(desk, channel(place.id), 'en');
        watch(place.id, 0);
      }
      await stage.settle();
      for (let index = 0; index < size; index += 1) await come(0);
    },
    /** A day of them, after `told` stories: some write, some go, others come. */
    async live(told: number): Promise<void> {
      for (const [index, word] of WORDS.entries()) readers[(day + 7 * index) % readers.length]?.send(word);
      await stage.settle();
      for (debt += size / DAYS_OF_ALL; debt >= 1; debt -= 1) {
        await go();
        await come(told);
      }
      day += 1;
    },
    /** A story of that number need not have been shown: it was taken back. */
    excuse: (number: number) => void excused.add(number),
    /** Counts what was shown since the last time, and lets the local Telegram forget what no bot can touch any more. */
    count(told: number): void {
      for (const { chatId, message } of telegram.deliveries()) {
        messages += 1;
        see(chatId, String(message.wire.text ?? ''));
        const { chat, sentAt, wire } = message;
        const kept = chat.kind === 'private' ? REMEMBERED_MS.private : REMEMBERED_MS.place;
        remembered.push({ until: sentAt + kept, forget: () => void chat.messages.delete(wire.message_id) });
      }
      telegram.resetCounters();
      const all = remembered.splice(0);
      remembered.push(...all.filter(({ until }) => until > clock.now()));
      for (const one of all) if (one.until <= clock.now()) one.forget();
      before.push(told);
      const until = before.at(-1 - PATIENCE_DAYS) ?? 0;
      for (const [id, chat] of watched) judge(id, chat, until);
    },
    messages: () => messages,
    came: () => `${came}, ${came - readers.length}`,
    wrong: () => `${lost}, ${twice}`,
  };
}
