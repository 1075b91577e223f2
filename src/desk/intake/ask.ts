/** Asks one source address: request, read, and remember how it went. */
import type { Fault } from '../../errors.ts';
import { present } from '../../present.ts';
import { type Page } from '../../source/fetch/fetch.ts';
import type { Reading } from '../../source/item.ts';
import { hashOf, linkKey } from '../../source/links.ts';
import { ANOTHER_EDITION, areInOther, isInOther } from '../../source/other-edition.ts';
import { getSource, type SourceState, saveSource } from '../../store/sources.ts';
import { doubling, MINUTE } from '../../time.ts';
import type { Poll } from './context.ts';
import { inEdition, isMixed } from './languages.ts';
import { followIndex } from './sitemaps.ts';
import { isDue, validatorsFor } from './validators.ts';

/** The outcome of asking an address. */
export type Asked = { readonly address: string; readonly hash: string; readonly state: SourceState } & (
  | {
      readonly kind: 'reading';
      readonly reading: Reading;
      readonly page: Page;
      /** It was asked for without validators. */
      readonly isUnconditional: boolean;
    }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'resting' }
  | { readonly kind: 'failed'; readonly fault: Fault }
);

/** Asks an address and reads what it answers. A page that was taken in whole before is `unchanged`. */
export async function ask(poll: Poll, address: string): Promise<Asked> {
  const { edition, fetcher } = poll.source;
  const hash = addressHash(address);
  const state = await getSource(poll.desk, edition, hash);
  const common = { address, hash, state };
  const isOver = poll.source.isCalled === true && !state.isAsked;
  if (state.notBefore !== undefined && state.notBefore > poll.desk.clock.now() && !isOver)
    return { ...common, kind: 'resting' };
  const isToBeRead = state.baselineAt === undefined || isDue(poll, state);
  const validators = await validatorsFor(poll, state);
  const answer = await fetcher.read(address, {
    urgency: 'poll',
    ...(validators ? { validators } : {}),
  });
  if (!answer.ok) return failed(poll, common, answer.fault);
  if (answer.value.kind === 'unchanged' || (!isToBeRead && answer.value.hash === state.hash)) {
    const now = poll.desk.clock.now();
    const next = { ...recovered(state, now), ...(validators ? {} : { wholeAt: now }) };
    await saveSource(poll.desk, edition, hash, next);
    return { ...common, kind: 'unchanged' };
  }
  const reading = await poll.source.reader.source(answer.value);
  if (!reading.ok) return failed(poll, common, reading.fault);
  if (isInOther(answer.value.address, address) || areInOther(reading.value.items, address))
    return failed(poll, common, { code: 'source.unreadable', detail: ANOTHER_EDITION });
  if (isInsteadOfFeed(poll, state, reading.value))
    return failed(poll, common, { code: 'source.unreadable', detail: 'a page instead of the feed' });
  const isIndex = reading.value.kind === 'index';
  const whole = isIndex ? await followIndex(poll, reading.value) : reading.value;
  const wasMixed = state.wasMixed === true || isMixed(whole);
  return {
    ...common,
    ...(wasMixed ? { state: { ...state, wasMixed } } : {}),
    kind: 'reading',
    reading: inEdition(whole, edition, wasMixed),
    // An index that has not changed says nothing of what it names.
    page: isIndex ? { ...answer.value, validators: {}, hash: '' } : answer.value,
    isUnconditional: !validators,
  };
}

/** A site in trouble may lead from its feed to its front page for so long; later the page is what it has. */
const INSTEAD_MS = 15 * MINUTE;

/** Whether a page with stories old and new stands where a feed was. */
function isInsteadOfFeed({ desk }: Poll, state: SourceState, { kind }: Reading): boolean {
  const now = desk.clock.now();
  const since = state.failingSince ?? now;
  return kind === 'listing' && FEEDS.includes(state.kind) && now - since < INSTEAD_MS;
}
const FEEDS: readonly SourceState['kind'][] = ['rss', 'rdf', 'atom', 'json'];

/** A name for an address in a key. */
export const addressHash = (address: string): string =>
  hashOf(URL.canParse(address) ? linkKey(address) : address);

/** The state after a good answer. */
export const recovered = (state: SourceState, now: number): SourceState =>
  present({
    ...state,
    notBefore: undefined,
    isAsked: undefined,
    reason: undefined,
    failingSince: undefined,
    failures: 0,
    lastSuccessAt: now,
  });

async function failed(
  poll: Poll,
  common: Pick<Asked, 'address' | 'hash' | 'state'>,
  fault: Fault,
): Promise<Asked> {
  const failures = common.state.failures + 1;
  const now = poll.desk.clock.now();
  // A page without a story costs the server nothing more than a page with some: no reason to stay away.
  const isBare = fault.code === 'source.unreadable';
  const rest = isBare ? 0 : backoff(failures, poll.source.intervalMs, Math.random());
  const state: SourceState = present({
    ...common.state,
    failures,
    failingSince: common.state.failingSince ?? now,
    notBefore: fault.notBefore ?? now + rest,
    isAsked: fault.notBefore === undefined ? undefined : true,
    reason: fault.detail,
    wasBare: isBare || common.state.wasBare,
  });
  await saveSource(poll.desk, poll.source.edition, common.hash, state);
  return { ...common, state, kind: 'failed', fault };
}

const MOST_INTERVALS = 20;
const LONGEST_BACKOFF = 5 * MINUTE;

/**
 * Time to rest after `failures` failed requests in a row where the server names none: none after the first, then one
 * interval, doubling, never more than 20 intervals or 5 minutes. `chance` (0-1) takes up to a quarter off, so that many
 * bots do not come back at one moment.
 */
export function backoff(failures: number, intervalMs: number, chance: number): number {
  if (failures < 2) return 0;
  const most = Math.min(MOST_INTERVALS * intervalMs, LONGEST_BACKOFF);
  return doubling(intervalMs, failures - 2, most) * (1 - chance / 4);
}
