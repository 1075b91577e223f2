/** One cheap look at a picture before readers are promised it: whether it is there, and whether Telegram can show it. */
import { bounded } from '../bounded.ts';
import { type Clock, DAY, MINUTE, SECOND } from '../time.ts';
import { MB } from './fetch/answer.ts';
import { type Fetcher } from './fetch/fetch.ts';
import type { Reader } from './reading.ts';

/** Telegram fetches no larger picture. */
const LARGEST = 5 * MB;
/** The size of nearly every picture stands within so many bytes. */
const OPENING = 64 * 1024;
/** A picture's server has this long, its redirects and robots.txt included. */
const WITHIN_MS = 5 * SECOND;
/** A good picture stays; one that is not there yet may follow its story. */
const WELL_FOR = DAY;
const BAD_FOR = 4 * MINUTE;
/** Addresses that are remembered: the pictures of some days. */
const MOST_REMEMBERED = 2000;

export interface PictureCheck {
  /** In words, why readers do not get the picture at `url`; undefined: it can be shown. Asked once for many. */
  faultOf(url: string): Promise<string | undefined>;
}

export function createPictureCheck(fetcher: Fetcher, reader: Reader, clock: Clock): PictureCheck {
  const known = bounded<string, { until: number; readonly fault: Promise<string | undefined> }>(
    MOST_REMEMBERED,
  );
  return {
    faultOf(url) {
      const before = known.get(url);
      if (before && before.until > clock.ticks()) return before.fault;
      const fault = lookAt(fetcher, reader, url);
      const entry = { until: clock.ticks() + WELL_FOR, fault };
      known.set(url, entry);
      void fault.then((found) => found === undefined || (entry.until = clock.ticks() + BAD_FOR));
      return fault;
    },
  };
}

async function lookAt(fetcher: Fetcher, reader: Reader, url: string): Promise<string | undefined> {
  const answer = await fetcher.read(url, { opening: OPENING, withinMs: WITHIN_MS });
  // A picture that only our own manners keep us from is no fault of the picture's.
  if (!answer.ok)
    return ['source.robots', 'source.throttled'].includes(answer.fault.code)
      ? undefined
      : answer.fault.detail;
  if (answer.value.kind === 'unchanged') return undefined;
  const { contentType, size = 0 } = answer.value;
  if (contentType && !/^image\/(?!svg)/i.test(contentType)) return `it is ${contentType}, no picture`;
  if (size > LARGEST) return `it is larger than ${LARGEST / MB} MB`;
  const seen = await reader.picture(answer.value);
  return seen.ok ? undefined : seen.fault.detail;
}
