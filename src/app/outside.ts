/**
 * Words to the world besides Telegram: an alarm to whoever listens at `ALARM_URL`, a sign of life to `HEARTBEAT_URL`.
 * Nothing in them is about a chat.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { unescape } from 'node:querystring';
import type { Conditions } from '../conditions.ts';
import { errorCode } from '../errors.ts';
import type { Logger } from '../log.ts';
import { type Clock, DAY, MINUTE, SECOND, unlessFresh } from '../time.ts';
import type { Charge } from './tell-troubles.ts';

/** Whoever does not answer within this time is not there, ms. */
const ANSWER_MS = 10 * SECOND;
/** Redirects that a POST follows. */
const MOST_HOPS = 5;
/** Rests between tries to bring alarms, doubled from the first to the second. */
const REST_MS = { first: 2 * SECOND, longest: 5 * MINUTE } as const;
/** An alarm that nobody took for so long is out of date. */
const KEPT_MS = DAY;
/** Of more alarms that wait the oldest are left out. */
const MOST_WAITING = 1000;
const HEARTBEAT_MS = MINUTE;

export interface Outside {
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** Undefined: it was taken; else why not, as a status or a word of the network. */
async function ask(address: string, signal: AbortSignal, body?: string): Promise<string | undefined> {
  try {
    const { url, authorization } = accountOf(address);
    const late = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]);
    const headers = { 'content-type': 'text/plain; charset=utf-8', ...authorization };
    const response =
      body === undefined
        ? await fetch(url, { headers: authorization, signal: late })
        : await post(url, { method: 'POST', headers, body, signal: late });
    await response.body?.cancel();
    return isTaken(response) ? undefined : `an answer ${response.status}`;
  } catch (error) {
    return errorCode(error) ?? 'no answer';
  }
}

/** 303: the words were heard, and there is something to see elsewhere. */
const isTaken = ({ ok, status }: Response): boolean => ok || status === 303;

/** Statuses that have the words sent on as they are, to whatever host. */
const SENT_ON: readonly number[] = [307, 308];

/** `fetch` would make a GET without words of a POST that is sent on, as from http to https, and whoever answers that has heard nothing. */
async function post(url: URL, options: RequestInit, hops = MOST_HOPS): Promise<Response> {
  const response = await fetch(url, { ...options, redirect: 'manual' });
  const location = response.headers.get('location');
  const next = location === null || isTaken(response) ? null : URL.parse(location, url.href);
  if (!next || hops === 0) return response;
  // The login is not for whoever listens on the way either.
  const isElsewhere =
    next.hostname !== url.hostname || (url.protocol === 'https:' && next.protocol !== url.protocol);
  if (isElsewhere && !SENT_ON.includes(response.status)) return response;
  await response.body?.cancel();
  // There `fetch` leaves the login out, which is for this host alone.
  if (isElsewhere) return fetch(url, options);
  return post(next, options, hops - 1);
}

/** `fetch` takes no address with a user and a password in it: they go into a header. */
function accountOf(address: string): { url: URL; authorization: Record<string, string> } {
  const url = new URL(address);
  const account = `${unescape(url.username)}:${unescape(url.password)}`;
  url.username = url.password = '';
  if (account === ':') return { url, authorization: {} };
  return { url, authorization: { authorization: `Basic ${Buffer.from(account).toString('base64')}` } };
}

/** An alarm that nobody has taken yet, and its moment, ms since the epoch. */
type Waiting = readonly [at: number, words: string];

/** Brings alarms to `url` by POST, in order, one at a time: no end comes before its alarm. Untaken ones wait, in the file at `path` too. */
export function createRinger(
  url: string,
  path: string,
  { clock, log, signal }: Outside,
): (words: string) => void {
  let waiting = readWaiting(path);
  let woken = new AbortController();
  const keep = (alarms: readonly Waiting[]) => {
    waiting = alarms.slice(-MOST_WAITING);
    writeWaiting(path, waiting, log);
  };
  const bring = async (): Promise<void> => {
    let rest: number = REST_MS.first;
    for (let alarm = waiting[0]; alarm && !signal.aborted; alarm = waiting[0]) {
      const [at, words] = alarm;
      const isOver = clock.now() - at > KEPT_MS;
      const detail = isOver ? undefined : await ask(url, signal, words + unlessFresh(at, clock.now()));
      if (detail === undefined) {
        keep(waiting.filter((one) => one !== alarm));
        rest = REST_MS.first;
        continue;
      }
      log.warn({ detail }, 'ALARM_URL did not take an alarm');
      await clock.sleep(rest, AbortSignal.any([signal, woken.signal]));
      rest = Math.min(rest * 2, REST_MS.longest);
    }
  };
  let bringing = bring();
  return (words) => {
    keep([...waiting, [clock.now(), words]]);
    woken.abort();
    woken = new AbortController();
    bringing = bringing.then(bring);
  };
}

function readWaiting(path: string): readonly Waiting[] {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Waiting[];
  } catch {
    return [];
  }
}

/** Never throws: a full disk may be what the alarm is about. */
function writeWaiting(path: string, waiting: readonly Waiting[], log: Logger): void {
  try {
    writeFileSync(`${path}.part`, JSON.stringify(waiting), { mode: 0o600 });
    renameSync(`${path}.part`, path);
  } catch (err) {
    log.warn({ err }, 'alarms that wait for ALARM_URL could not be written down');
  }
}

/** Asks for `url` once a minute while the news can get out and this process is the one that brings it. */
export async function beatHeart(
  url: string,
  conditions: Conditions,
  charge: Pick<Charge, 'isOurs'>,
  { clock, log, signal }: Outside,
): Promise<void> {
  let silence: string | undefined;
  while (!signal.aborted) {
    const standsStill = conditions.failing().some(({ name }) => name === 'lag' || name === 'paused');
    const isWell = charge.isOurs && !standsStill && conditions.waiting().length === 0;
    if (isWell) {
      const detail = await ask(url, signal);
      if (detail !== undefined && detail !== silence) log.warn({ detail }, 'HEARTBEAT_URL cannot be reached');
      silence = detail;
    }
    await clock.sleep(isWell ? HEARTBEAT_MS : SECOND, signal);
  }
}
