/** The longest messages that people can send, made to be slow to read, and what each costs the bot. */
import { handleUpdate } from '#src/bot/inbox.ts';
import { OPERATOR_COMMANDS, READER_COMMANDS } from '#src/bot/commands.ts';
import type { Person } from '#sandbox/telegram/telegram.ts';
import type { Stage } from './desk.ts';
import { workOf } from './work.ts';

/** Characters of a message; Telegram's own limit. */
export const LONGEST = 4096;
/** Commands, and a message that is none. */
export const COMMANDS: readonly string[] = [...READER_COMMANDS, ...OPERATOR_COMMANDS, ''];

const again = (part: string) => (length: number) => part.repeat(Math.ceil(length / part.length));

/** Inputs by what they repeat; at least so many characters each. */
export const SHAPES: Readonly<Record<string, (length: number) => string>> = {
  'short topics': (length) =>
    Array.from({ length: length / 4 }, (_, index) => (index + 1300).toString(36)).join(),
  'a path': again('Europe/'),
  'hours without end': again('23:00-'),
  'one long word': again('ў'),
  'capitals with dots': again('A.'),
  'names with initials': again('А. Б. Лукашэнка '),
  digits: again('9'),
  blanks: (length) => `${' '.repeat(length - 2)}x,`,
  lines: again('\n,'),
  brackets: again('<b>'),
  references: again('&amp;'),
  stars: again('мін* '),
  'joined marks': again('a\u0301\u0302'),
  pictures: again('👩‍👩‍👧'),
  addresses: again('https://a.by/'),
  'names of people': again('@abcde '),
  quotes: again("o'"),
};

/** Milliseconds of this thread's processor until the message is answered, the local Telegram's work among them. */
async function once(stage: Stage, person: Person, text: string): Promise<number> {
  const { telegram, desk, bot, clock } = stage;
  person.send(text);
  const updates = telegram.pendingUpdates() as unknown as Parameters<typeof handleUpdate>[2][];
  const took = await workOf(() => Promise.all(updates.map((update) => handleUpdate(bot, desk, update))));
  await stage.settle();
  const last = Math.max(...updates.map(({ update_id }) => update_id));
  await telegram.handle(telegram.token, 'getUpdates', { offset: last + 1, timeout: 0, limit: 1 });
  // Nobody is to be left alone as somebody who asks for too much.
  await clock.advance(4000);
  return took;
}

/** The cost of a command with such words; the best of a few tries where it seems much: this thread collects its rubbish too. */
export async function costOf(
  stage: Stage,
  person: Person,
  command: string,
  words: string,
  enough = 25,
): Promise<number> {
  const text = `${command === '' ? '' : `/${command} `}${words}`.slice(0, LONGEST).toWellFormed();
  let best = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < 4 && best > enough; turn += 1)
    best = Math.min(best, await once(stage, person, text));
  return best;
}
