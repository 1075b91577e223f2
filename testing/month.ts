/** A newsroom's time in fast motion, with everything that makes its stories hard to tell apart. */
import { findStoryByLink } from '#src/desk/stories.ts';
import { EDITIONS, type Edition } from '#src/news/edition.ts';
import type { Story } from '#src/news/story.ts';
import { readLog } from '#src/store/logs.ts';
import { HOUR, MINUTE } from '#src/time.ts';
import { movedClock } from './clock.ts';
import { openStage, type Stage } from './newsdesk.ts';
import { datelineOf } from './pages.ts';
import { createSite, type Piece, type Site } from './site.ts';
import { chances, randomStory, withTypos } from './texts.ts';

export interface MonthOptions {
  readonly redisUrl: string;
  readonly days: number;
  readonly seed: number;
  readonly editions?: readonly Edition[];
}

/** Fate of the stories. */
export interface Month {
  readonly published: number;
  readonly polls: number;
  readonly missed: number;
  readonly sentTwice: number;
  /** Pushed although old, or although no such story was published. */
  readonly falseNew: number;
  readonly corrections: number;
  readonly correctionsFound: number;
  readonly withdrawals: number;
  readonly withdrawalsFound: number;
  readonly falseWithdrawals: number;
  readonly aliases: number;
  readonly requests: number;
  /** Headlines of what went wrong, for whoever looks into it. */
  readonly wrong: readonly string[];
}

const STEP = 10 * MINUTE;
const START = Date.parse('2026-08-01T03:00:00Z');

/** A piece with what the simulation expects of it. */
interface Told {
  readonly piece: Piece;
  /** Addresses that it had before any reset. */
  readonly links: string[];
  isAliased: boolean;
  readonly isOld: boolean;
  isCorrected: boolean;
  correctedAt: number;
  withdrawnAt: number;
}

export async function simulate({ redisUrl, days, seed, editions = EDITIONS }: MonthOptions): Promise<Month> {
  const clock = movedClock(START);
  const site = createSite();
  const stage = openStage(redisUrl, clock, site);
  await stage.desk.store.redis.flushall();
  const chance = chances(seed);
  const told: Told[] = [];
  const later: { at: number; act: () => void }[] = [];
  let number = seed * 100_000;
  let polls = 0;
  const outages = badDays(site, days);

  for (const edition of editions) {
    for (let n = 0; n < 35; n++) {
      const at = START - (35 - n) * HOUR;
      site.publish(edition, { ...randomStory(number++), dateline: datelineOf(edition, at) }, at);
    }
    await stage.poll(edition);
  }
  for (let step = 1; step * STEP <= days * 24 * HOUR; step++) {
    await clock.advance(STEP - editions.length * 30_000);
    const now = clock.now();
    // First, so that nothing is renamed before it was ever listed.
    outages(now - START);
    for (const one of told)
      if (one.links.at(-1) !== site.link(one.piece)) one.links.push(site.link(one.piece));
    for (const edition of editions) {
      // About forty a day, none at night.
      const isNight = new Date(now).getUTCHours() >= 21 || new Date(now).getUTCHours() < 3;
      if (!isNight && chance() < 0.37) publish(edition, now);
    }
    for (const due of later.filter(({ at }) => at <= now)) due.act();
    later.splice(0, later.length, ...later.filter(({ at }) => at > now));
    for (const edition of editions) {
      await stage.poll(edition);
      polls++;
    }
  }
  const month = await judge(stage, told, editions, polls, site);
  await stage.close();
  return month;

  function publish(edition: Edition, at: number): void {
    const isOld = chance() < 0.05;
    const age = isOld ? (2 + Math.floor(chance() * 300)) * 24 * HOUR : 0;
    const earlier = told.filter(({ piece }) => piece.edition === edition);
    const twin = chance() < 0.05 ? earlier[Math.floor(chance() * earlier.length)] : undefined;
    const text = randomStory(number++, chance() < 0.2 ? 'pattern' : 'free');
    const piece = site.publish(
      edition,
      {
        ...text,
        ...(twin ? { headline: twin.piece.telling.headline } : {}),
        dateline: datelineOf(edition, at - age),
      },
      at,
    );
    const one: Told = {
      piece,
      links: [site.link(piece)],
      isAliased: false,
      isOld,
      isCorrected: false,
      correctedAt: 0,
      withdrawnAt: 0,
    };
    told.push(one);
    if (chance() < 0.1) later.push({ at: at + STEP + chance() * 6 * HOUR, act: () => rename(one) });
    if (chance() < 0.15) later.push({ at: at + (0.2 + chance() * 20) * HOUR, act: () => correct(one) });
    if (chance() < 0.01 && !isOld)
      later.push({ at: at + (0.5 + chance() * 8) * HOUR, act: () => takeBack(one) });
  }

  function rename(one: Told): void {
    one.piece.ids.push((one.piece.ids.at(-1) ?? 0) + 1_000_000);
    one.links.push(site.link(one.piece));
    one.isAliased = true;
  }

  function correct(one: Told): void {
    if (one.withdrawnAt || one.isOld) return;
    const { telling } = one.piece;
    const kind = chance();
    if (kind < 1 / 3)
      one.piece.telling = {
        ...telling,
        body: [...telling.body, { kind: 'paragraph', text: `Added later: ${randomStory(number++).lead}` }],
      };
    else if (kind < 2 / 3) one.piece.telling = { ...telling, headline: `${telling.headline} again` };
    else {
      const fixed = withTypos(
        { headline: telling.headline, lead: telling.lead, body: [], day: '' },
        number++,
      );
      one.piece.telling = { ...telling, headline: fixed.headline, lead: `${fixed.lead} Later more.` };
    }
    one.isCorrected = true;
    one.correctedAt = clock.now();
  }

  function takeBack(one: Told): void {
    Object.assign(one.piece, { listed: false, status: 404 });
    one.withdrawnAt = clock.now();
  }
}

/** Two resets, three outages of different kinds, a redesign that hides everything for some hours. */
function badDays(site: Site, days: number): (elapsed: number) => void {
  const span = days * 24 * HOUR;
  const events: { from: number; to: number; begin: () => void; end: () => void }[] = [
    { from: 0.15, to: 2, begin: () => site.faults.set('/', 'source.status'), end: () => site.faults.clear() },
    { from: 0.3, to: 0, begin: () => site.reset(), end: () => undefined },
    {
      from: 0.45,
      to: 3,
      begin: () =>
        ['be', 'ru', 'en'].forEach((edition) =>
          site.instead.set(`/${edition}/news/`, '<title>Just a moment...</title><p>cf-chl</p>'),
        ),
      end: () => site.instead.clear(),
    },
    {
      from: 0.6,
      to: 4,
      begin: () => (site.shell = true),
      end: () => void ((site.shell = false), (site.design = 'other')),
    },
    { from: 0.72, to: 0, begin: () => site.reset(), end: () => undefined },
    {
      from: 0.85,
      to: 2,
      begin: () =>
        ['be', 'ru', 'en'].forEach((edition) =>
          site.instead.set(
            `/${edition}/news/`,
            '<html><body><main><h1>News</h1><ul></ul></main></body></html>',
          ),
        ),
      end: () => site.instead.clear(),
    },
  ].map(({ from, to, begin, end }) => ({ from: from * span, to: from * span + to * HOUR, begin, end }));
  const begun = new Set<number>();
  const ended = new Set<number>();
  return (elapsed) => {
    for (const [index, { from, to, begin, end }] of events.entries()) {
      if (elapsed >= from && !begun.has(index)) {
        begun.add(index);
        begin();
      }
      if (elapsed >= to && begun.has(index) && !ended.has(index)) {
        ended.add(index);
        end();
      }
    }
  };
}

async function judge(
  stage: Stage,
  told: readonly Told[],
  editions: readonly Edition[],
  polls: number,
  site: Site,
): Promise<Month> {
  const pushes = new Map<string, number>();
  for (const edition of editions)
    for (const entry of await readLog(stage.desk.store, edition, 0, 20_000))
      if (entry.kind === 'story') pushes.set(entry.story, (pushes.get(entry.story) ?? 0) + 1);
  const wrong: string[] = [];
  const note = (what: string, { piece }: Told) => wrong.push(`${what}: ${piece.telling.headline}`);
  const counts = {
    missed: 0,
    sentTwice: 0,
    falseNew: 0,
    corrections: 0,
    correctionsFound: 0,
    withdrawals: 0,
    withdrawalsFound: 0,
    falseWithdrawals: 0,
  };
  const seen = new Map<string, Told>();
  const end = stage.desk.clock.now();
  for (const one of told) {
    // Stories of the last hours have not been looked at again yet.
    const isRecent =
      end - one.piece.at < 2 * HOUR || (one.withdrawnAt > 0 && one.withdrawnAt - one.piece.at < HOUR);
    const found = await Promise.all(one.links.map((link) => findStoryByLink(stage.desk, link)));
    const story = found.find((each) => each !== undefined);
    if (!story) {
      if (!isRecent) count('missed', one);
      continue;
    }
    if (seen.has(story.id)) count('missed', one);
    seen.set(story.id, one);
    const sent = pushes.get(story.id) ?? 0;
    if (one.isOld ? sent > 0 : sent > 1) count(one.isOld ? 'falseNew' : 'sentTwice', one);
    if (!one.isOld && sent === 0 && !isRecent) count('missed', one);
    pushes.delete(story.id);
    if (one.withdrawnAt && end - one.withdrawnAt > 26 * HOUR) {
      counts.withdrawals++;
      if (story.withdrawn) counts.withdrawalsFound++;
      else note('withdrawal not found', one);
    }
    if (story.withdrawn && !one.withdrawnAt) count('falseWithdrawals', one);
    if (one.isCorrected && !one.withdrawnAt && end - one.correctedAt > 26 * HOUR) {
      counts.corrections++;
      if (isToldAs(story, one.piece)) counts.correctionsFound++;
      else note('correction not found', one);
    }
  }
  // Other entries of the log belong to no story that was published: a known one came in twice under another id.
  counts.sentTwice += pushes.size;
  return {
    published: told.length,
    polls,
    aliases: told.filter(({ isAliased }) => isAliased).length,
    requests: site.asked.length,
    wrong,
    ...counts,
  };

  function count(what: 'missed' | 'sentTwice' | 'falseNew' | 'falseWithdrawals', one: Told): void {
    counts[what]++;
    note(what, one);
  }
}

const isToldAs = (story: Story, { telling }: Piece): boolean =>
  story.headline === telling.headline &&
  story.lead === telling.lead &&
  JSON.stringify(story.body) === JSON.stringify(telling.body);
