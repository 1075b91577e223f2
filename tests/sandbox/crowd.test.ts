import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Said } from '#sandbox/machine.ts';
import { movingClock, type MovingClock } from '#sandbox/moving-clock.ts';
import type { Draft } from '#sandbox/newsroom/archive.ts';
import { type Newsroom, startNewsroom } from '#sandbox/newsroom/newsroom.ts';
import { arrivalsOf } from '#sandbox/page/arrivals.ts';
import { createCrowd, type Crowd } from '#sandbox/page/crowd.ts';
import { createLevers } from '#sandbox/page/levers.ts';
import { NO_MACHINE } from '#sandbox/page/no-machine.ts';
import { startTelegram, type Telegram } from '#sandbox/telegram/telegram.ts';
import { isSame } from '#src/trial/sameness.ts';

let telegram: Telegram;
let newsroom: Newsroom;
let clock: MovingClock;
let crowd: Crowd;
let people: readonly number[];
/** Everybody whom the machine was told to subscribe. */
let subscribed: number[];
let isWell: boolean;
/** Headline of what the bot has from an earlier world. */
let known: string | undefined;
/** How far the machine's own clock is moved, ms: the counter believes that nothing more comes after a while. */
let later: number;

const LEAD =
  'Новы мост цераз раку адкрыюць у панядзелак, паведаміў жыхарам гарвыканкам. Ён мае 300 метраў і дзве паласы для аўтобусаў.';
/** Long enough to be known under another headline. */
const WHOLE = `${LEAD} Праезд будзе бясплатны для ўсіх. Стары драўляны мост разбяруць да канца лета, а дошкі аддадуць жыхарам суседніх вёсак.`;

const draft = (headline: string) => ({ headline, lead: '', body: '', rubric: 'Культура' });
const publish = (headline: string, more: Partial<Draft> = {}): number =>
  newsroom.publish({ be: { ...draft(headline), ...more } }).be ?? 0;

async function send(person: number, ...stories: readonly number[]): Promise<void> {
  const text = stories.map((id) => `<a href="${newsroom.link(id)}">${id}</a>`).join(' ');
  const answer = await telegram.handle(telegram.token, 'sendMessage', {
    chat_id: person,
    text,
    parse_mode: 'HTML',
  });
  expect(answer.ok).toBe(true);
}

/** Lost, twice, on the way. */
const counted = () => {
  const { lost, twice, waiting } = crowd.part();
  return [lost, twice, waiting];
};

/** Looks once, and again when nothing has come for longer than the counter waits. */
function afterAWhile() {
  counted();
  later += 16_000;
  return counted();
}

beforeEach(async () => {
  later = 0;
  isWell = true;
  subscribed = [];
  known = undefined;
  const real = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => real() + later);
  clock = movingClock();
  telegram = await startTelegram({ clock });
  newsroom = await startNewsroom({ clock });
  const machine = {
    ...NO_MACHINE,
    isSame,
    wasKnown: ({ headline }: Said) => headline === known,
    async subscribe(some: readonly number[]) {
      people = some;
      subscribed.push(...some);
    },
  };
  const arrivals = arrivalsOf(telegram, newsroom);
  crowd = createCrowd({ telegram, newsroom, clock, machine, arrivals, isWell: () => isWell });
  await crowd.grow(5);
});

afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all([telegram.close(), newsroom.close()]);
});

describe('the counter of “Pull the plug”', () => {
  it('stays at zero where everybody had the story once', async () => {
    const story = publish('Адна навіна');
    for (const person of people) await send(person, story);
    expect(afterAWhile()).toEqual([0, 0, 0]);
  });

  it('counts one who never had it: on its way at first, lost when nothing comes any more', async () => {
    const story = publish('Адна навіна');
    for (const person of people.slice(1)) await send(person, story);
    expect(counted()).toEqual([0, 0, 1]);
    expect(afterAWhile()).toEqual([1, 0, 0]);
    await send(people[0] ?? 0, story);
    expect(counted()).toEqual([0, 0, 0]);
  });

  it('takes readers who are asked for twice at once one after another, and no more than it may', async () => {
    const asked = [crowd.grow(5), crowd.grow(19_990), crowd.grow(1)];
    await Promise.all(asked.slice(0, 2));
    await expect(asked[2]).rejects.toMatchObject({ word: 'refused-crowd' });
    expect(crowd.part().size).toBe(20_000);
    expect(new Set(subscribed).size).toBe(20_000);
  });

  it('loses nobody while something is done to the bot', async () => {
    publish('Адна навіна');
    isWell = false;
    expect(afterAWhile()).toEqual([0, 0, 5]);
  });

  it('counts one who had it twice, and thrice; in a message of its own or among others', async () => {
    const [one, two] = [publish('Адна навіна'), publish('Другая навіна')];
    for (const person of people) await send(person, one, two);
    expect(afterAWhile()).toEqual([0, 0, 0]);
    await send(people[0] ?? 0, one);
    expect(counted()).toEqual([0, 1, 0]);
    await send(people[0] ?? 0, one, two);
    expect(counted()).toEqual([0, 3, 0]);
  });

  it('takes a story under another address for the same story', async () => {
    const story = publish('Адна навіна');
    for (const person of people) await send(person, story);
    counted();
    newsroom.reset();
    const [version] = newsroom.stories('be');
    await send(people[0] ?? 0, version?.ids.at(-1) ?? 0);
    expect(counted()).toEqual([0, 1, 0]);
  });

  it('misses no text that is out already, also mended, before a correction or under a headline much like it', async () => {
    const story = publish('Мост адкрыюць у панядзелак', { lead: WHOLE });
    for (const person of people) await send(person, story);
    publish('Мост адкрыюць у панядзелак', { lead: WHOLE });
    publish('Мост адкрыюць у панядзелак', { lead: WHOLE.replace('жыхарам', 'жыхорам') });
    publish('Новы мост адкрыюць у панядзелак', { lead: WHOLE });
    newsroom.correct(story, { lead: `${WHOLE} Раней яго адкладалі двойчы.` });
    publish('Мост адкрыюць у панядзелак', { lead: WHOLE });
    expect(afterAWhile()).toEqual([0, 0, 0]);
    expect(
      crowd
        .part()
        .stories.slice(0, 4)
        .map(({ again, sent }) => [again, sent]),
    ).toEqual(Array.from({ length: 4 }, () => [true, 0]));
  });

  it.each([
    ['another text', { lead: `${LEAD} Будаўнікі просяць яшчэ год.` }],
    ['other figures in the same words', { lead: LEAD.replace('300', '500') }],
    ['the whole text of a story of which the lead was free', { lead: LEAD, body: `${LEAD}\n${LEAD}` }],
  ])('misses %s under the same headline', async (_, more) => {
    const story = publish('Мост адкрыюць у панядзелак', {
      lead: LEAD,
      ...('body' in more ? { ...more, paid: 'linked' } : {}),
    });
    for (const person of people) await send(person, story);
    publish('Мост адкрыюць у панядзелак', more);
    expect(afterAWhile()).toEqual([5, 0, 0]);
  });

  it('misses a text under quite another headline, and one that nobody could read before', () => {
    publish('Мост адкрыюць у панядзелак', { lead: LEAD, paid: true });
    expect(afterAWhile()).toEqual([0, 0, 0]);
    publish('Мост адкрыюць у панядзелак', { lead: LEAD });
    expect(afterAWhile()).toEqual([5, 0, 0]);
    publish('Горад чакаў дзесяць гадоў', { lead: LEAD });
    expect(afterAWhile()).toEqual([10, 0, 0]);
  });

  it('misses nothing that the bot knew before this world', () => {
    known = 'Мост адкрыюць у панядзелак';
    publish('Мост адкрыюць у панядзелак', { lead: LEAD });
    expect(afterAWhile()).toEqual([0, 0, 0]);
    publish('Іншая навіна', { lead: 'Зусім іншы пачатак.' });
    expect(afterAWhile()).toEqual([5, 0, 0]);
  });

  it('has a withdrawn story that is published again shown to who was not sent it, and to nobody twice', async () => {
    const story = publish('Мост адкрыюць у панядзелак', { lead: WHOLE });
    for (const person of people.slice(2)) await send(person, story);
    newsroom.withdraw(story);
    const back = publish('Новы мост адкрыюць у панядзелак', { lead: WHOLE });
    expect(afterAWhile()).toEqual([2, 0, 0]);
    for (const person of people.slice(0, 2)) await send(person, back);
    expect(afterAWhile()).toEqual([0, 0, 0]);
    await send(people[4] ?? 0, back);
    expect(counted()).toEqual([0, 1, 0]);
  });

  it('counts a text that was published again and sent again', async () => {
    const story = publish('Адна навіна', { lead: LEAD });
    for (const person of people) await send(person, story);
    const again = publish('Адна навіна', { lead: LEAD });
    await send(people[0] ?? 0, again);
    expect(counted()).toEqual([0, 1, 0]);
    newsroom.correct(story, { headline: 'Навіна, якую выправілі' });
    expect(counted()).toEqual([0, 0, 0]);
  });

  it('waits while the newsroom fails, and for the bot’s rest after that; then what is missing is lost', () => {
    newsroom.outage('500', 'be');
    publish('Адна навіна');
    expect(afterAWhile()).toEqual([0, 0, 5]);
    newsroom.outage('off');
    expect(afterAWhile()).toEqual([0, 0, 5]);
    later += 45_000;
    expect(counted()).toEqual([5, 0, 0]);
  });

  it('is not well while Telegram has still to refuse, nor while an operator has paused the news', async () => {
    let isPaused = false;
    const machine = {
      ...NO_MACHINE,
      isPaused: () => isPaused,
      instances: () => [{ name: 'A', state: 'serving' as const }],
    };
    const levers = createLevers({ telegram, machine, clock });
    expect(levers.isWell()).toBe(true);
    isPaused = true;
    expect(levers.isWell()).toBe(false);
    isPaused = false;
    levers.flood();
    const story = publish('Адна навіна');
    const params = { chat_id: people[0], text: newsroom.link(story) };
    for (let refusals = 0; refusals < 5; refusals += 1) {
      expect(levers.isWell()).toBe(false);
      expect(await telegram.handle(telegram.token, 'sendMessage', params)).toMatchObject({ error_code: 429 });
    }
    expect(levers.isWell()).toBe(true);
    levers.flood();
    expect(levers.isWell()).toBe(false);
    clock.forward(30_000);
    await expect.poll(() => levers.isWell(), { timeout: 20_000 }).toBe(true);
  });

  it('does not count an edit as a second time, nor what was told before somebody came', async () => {
    const story = publish('Адна навіна');
    for (const person of people) await send(person, story);
    const [first] = telegram.deliveries();
    const edit = await telegram.handle(telegram.token, 'editMessageText', {
      chat_id: first?.chatId,
      message_id: first?.message.wire.message_id,
      text: `<a href="${newsroom.link(story)}">выпраўлена</a>`,
      parse_mode: 'HTML',
    });
    expect(edit.ok).toBe(true);
    clock.forward(1000);
    await crowd.grow(3);
    expect(afterAWhile()).toEqual([0, 0, 0]);
  });
});
