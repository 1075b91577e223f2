/** Readers whose ids, names and words can be told from everything else, and all that they do in a day. */
import { termsOf } from '#src/matching/match.ts';
import type { ChatClient, Person, Telegram } from '#sandbox/telegram/telegram.ts';

const EDITIONS = ['be', 'ru', 'en'];
const NAMES = ['Qnamemark', 'Жўзнаймя'];
const WORDS = ['qwordmark', 'жўзнаслова'];
/** Where they are: digits that stand nowhere else. */
const PLACE = { latitude: 53.918273, longitude: 27.564738 } as const;

/** Strings that must be nowhere: beginnings, since a stem has lost its ending, also as the matching spells them. */
export const MARKS: readonly string[] = [
  ...new Set(
    ['qusermark', ...NAMES, ...WORDS].flatMap((word) => [
      word.toLowerCase(),
      ...termsOf(word).split(/[\s.]+/),
    ]),
  ),
]
  .map((word) => word.replace(/^=/, '').slice(0, 7))
  .filter((word) => word.length === 7)
  .concat(Object.values(PLACE).map(String));

/** Ids of old accounts fit into four bytes and those of today into five: a few of each, which no chance finds. */
const OLD = 20;
const TODAY = 100;

/** The rest have ids as long as Telegram allows (52 bits), which chance finds in no form. */
function idOf(index: number): number {
  if (index < OLD) return 3_912_345_678 + index * 7919;
  return index < OLD + TODAY ? 9_123_456_789 + index * 7919 : 3_123_456_789_012_345 + index * 7_919_791;
}

export const readerAt = (telegram: Telegram, index: number): Person =>
  telegram.person({
    id: idOf(index),
    language: EDITIONS[index % 3] ?? 'en',
    firstName: `${NAMES[index % 2]}${index}`,
    username: `qusermark_${index}`,
  });

export function begin(person: Person, index: number): void {
  const edition = EDITIONS[index % 3];
  if (index % 7 === 0) person.start(edition);
  else if (index % 7 === 1) person.start('qwordmark_link');
  person.send(`/subscribe ${edition}`);
}

type Deed = (person: Person) => unknown;

const typed = (text: string): Deed => {
  return (person) => person.send(text);
};

/** Presses every button of the last message that has any. */
const pressAll: Deed = (person) => {
  const menu = person.messages().findLast(({ fromBot, buttons }) => fromBot && buttons.flat().length > 0);
  for (const { callback_data: data } of menu?.buttons.flat() ?? [])
    if (menu && data) void person.press(menu.id, { data });
};

const inline: Deed = async (person) => {
  const answer = await person.inline(WORDS.join(' ')).catch(() => undefined);
  const [first] = answer?.results ?? [];
  if (first) person.chosen(first, WORDS[0]);
};

const DEEDS: readonly Deed[] = [
  typed('/search qwordmark city'),
  typed('/search жўзнаслова'),
  typed('/follow Qwordmark river, Жўзнаслова'),
  typed('/unfollow qwordmark'),
  typed('My qwordmark telephone is +375 29 123-45-67, жўзнаслова and everything else'),
  (person) => person.edit(person.send('жўзнаслова'), 'qwordmark, changed'),
  typed('/latest 3 qwordmark'),
  typed('/timezone Qwordmark'),
  typed('/digest qwordmark'),
  typed('/digest 08:00 20:00'),
  typed('/style жўзнаслова'),
  typed('/keep 6h'),
  typed('/quiet 01:00-02:00'),
  typed('/privacy'),
  pressAll,
  typed('/settings'),
  pressAll,
  typed('/following'),
  typed('/channels'),
  pressAll,
  typed('/unknown_qwordmark command'),
  typed('/why qwordmark'),
  typed('/forget qwordmark-code'),
  inline,
  (person) => person.shareLocation(PLACE.latitude, PLACE.longitude),
  (person) => person.start('channels'),
  typed('/help'),
  typed('/unsubscribe'),
  typed('/forget'),
  (person) => {
    person.block();
    person.start();
  },
  (person) => person.block(),
  (person) => person.deleteAccount(),
  (person) => {
    for (let count = 0; count < 25; count += 1) person.send(`qwordmark ${count}`);
  },
];

/**
 * A day of what people do and write: the first `few`, among whom are those with short ids, each the next three deeds
 * (`round` says from where), of the others some one each.
 */
export function act(readers: readonly Person[], few: number, some: number, round: number): void {
  const step = Math.max(1, Math.floor(readers.length / some));
  for (let index = 0; index < readers.length; index += index < few ? 1 : step) {
    const person = readers[index];
    for (let count = 0; person && count < (index < few ? 3 : 1); count += 1) {
      try {
        void DEEDS[(index + 11 * round + count) % DEEDS.length]?.(person);
      } catch {
        // People who have blocked the bot or are gone cannot write to it.
      }
    }
  }
}

/** Channels and groups of readers, with everything that tells the bot of them. Their ids are looked for as well. */
export async function places(
  telegram: Telegram,
  owners: readonly Person[],
  settled: () => Promise<void>,
): Promise<number[]> {
  const ids: number[] = [];
  const open = (index: number, owner: Person): ChatClient => {
    const options = {
      owner,
      title: `${NAMES[index % 2]} ${WORDS[index % 2]}`,
      username: `qusermark_c${index}`,
    };
    const id = -1_003_912_345_678 - index * 7919;
    ids.push(id);
    if (index % 3 === 0) return telegram.channel({ ...options, id });
    return telegram.supergroup({ ...options, id, forum: index % 3 === 2 });
  };
  for (const [index, owner] of owners.entries()) {
    owner.send('/subscribe en');
    owner.send('/channels');
    await settled();
    const place = open(index, owner);
    try {
      if (index % 3 === 0 && index % 2 === 0) owner.shareChat(1, place.id);
      else place.addBot(index % 3 === 0 ? ['can_post_messages'] : undefined, owner);
      await settled();
      if (index % 3 !== 0) place.say(owner, '/subscribe en');
      if (index % 3 !== 0) place.say(owner, `/follow ${WORDS.join(', ')}`);
      else place.post(owner, '/subscribe en');
      place.rename(`${NAMES[0]} anew`, owner);
      await settled();
      pressAll(owner);
      await settled();
      if (index % 4 === 3) place.removeBot(owner);
    } catch {
      // The bot has left, or does not ask any more.
    }
  }
  await settled();
  return ids;
}
