/** From the source to the log: one poll of one edition. Open this file to read the path of the news on its way in. */
import type { Edition } from '../../news/edition.ts';
import type { Alarm } from '../letters/alarms.ts';
import { assess, isGivenUp } from './health.ts';
import { checkDepartures } from './departures.ts';
import { type Asked, ask } from './ask.ts';
import { type EditionSource, isMostlySettled, newTally, type Poll, type Tally } from './context.ts';
import type { NewsDesk } from '../desk.ts';
import { waitingRows } from './patience.ts';
import { recheckPages, timeToLook } from './recheck.ts';
import { takeListing } from './listing.ts';
import type { Hub } from '../../source/item.ts';
import { toldUntil } from '../../store/sources.ts';

/** Result of one poll of an edition. */
export interface PollReport extends Readonly<Tally> {
  readonly edition: Edition;
  /** `failed`: no address could be read; `news`: something was stored or changed; `quiet`: nothing was. */
  readonly outcome: 'news' | 'quiet' | 'failed';
  /** Alarms that last after this poll, for operators. */
  readonly alarms: readonly Alarm<'source'>[];
  readonly tookMs: number;
  /** The hubs that tell of news at its addresses. */
  readonly hubs: readonly Hub[];
}

/**
 * Polls all addresses of an edition: ask → read → tell new from known → store each new story with its log entry in one
 * step → then move the address's validators. Corrections, withdrawals and rechecks follow in the same poll. What goes
 * wrong at the source is in the report; only Redis trouble is thrown. One call an edition at a time.
 */
export async function pollEdition(desk: NewsDesk, source: EditionSource): Promise<PollReport> {
  const startedAt = desk.clock.now();
  const poll: Poll = {
    desk,
    source,
    unread: await waitingRows(desk, source.edition),
    records: new Map(),
    tally: newTally(),
    toldUntil: await toldUntil(desk.store),
    throttled: 0,
  };
  const answers = await askAll(poll);
  const isWell = (asked: Asked) => asked.kind === 'reading' || asked.kind === 'unchanged';
  const isBaseline = answers.some(({ kind, state }) => kind === 'reading' && state.baselineAt === undefined);
  // While the source is down its pages are left alone as well.
  if (answers.some(isWell)) {
    const [began, most] = [desk.clock.ticks(), timeToLook(poll, isBaseline)];
    if (answers.every((asked) => isWell(asked) || isGivenUp(poll, asked)) && isMostlySettled(poll))
      await checkDepartures(poll, startedAt, began + most / 2);
    await recheckPages(poll, began + most);
  }
  return report(poll, answers, startedAt);
}

/** Asks all addresses at once, so that a slow one does not hold up the others, and takes them in one after another. */
async function askAll(poll: Poll): Promise<Asked[]> {
  let turn = Promise.resolve();
  return Promise.all(
    poll.source.addresses.map(async (address) => {
      const asked = await ask(poll, address);
      turn = turn.then(() => (asked.kind === 'reading' ? takeListing(poll, asked) : undefined));
      await turn;
      return asked;
    }),
  );
}

async function report(poll: Poll, answers: readonly Asked[], startedAt: number): Promise<PollReport> {
  const { desk, source, tally } = poll;
  const alarms = await assess(poll, answers);
  const isFailed = answers.length > 0 && answers.every(({ kind }) => kind === 'failed' || kind === 'resting');
  const isNews = [tally.pushed, tally.stored, tally.corrected, tally.withdrawn].some(
    ({ length }) => length > 0,
  );
  const tookMs = desk.clock.now() - startedAt;
  const outcome = isFailed ? 'failed' : isNews ? 'news' : 'quiet';
  logFailures(desk, source.edition, answers);
  const fields = {
    edition: source.edition,
    entries: tally.pushed.length,
    stories: tally.pushed.length + tally.stored.length,
    corrections: tally.corrected.length,
    withdrawals: tally.withdrawn.length,
    held: tally.waiting,
    ms: tookMs,
  };
  if (isNews) desk.log.info(fields, 'polled');
  else desk.log.debug(fields, 'polled');
  const hubs = answers.flatMap((asked) =>
    asked.kind === 'reading' ? (asked.reading.hub ?? []) : (asked.state.hub ?? []),
  );
  return { ...tally, edition: source.edition, outcome, alarms, tookMs, hubs };
}

/** The first failure in a row is a warning; the alarms tell of those that go on. */
function logFailures({ log }: NewsDesk, edition: Edition, answers: readonly Asked[]): void {
  for (const asked of answers) {
    if (asked.kind !== 'failed') continue;
    const fields = { edition, address: asked.address, code: asked.fault.code, detail: asked.fault.detail };
    if (asked.state.failures === 1) log.warn(fields, 'a source could not be read');
    else log.debug(fields, 'a source still cannot be read');
  }
}
