/** The robots.txt of hosts, each asked for once and remembered. */
import { bounded } from '../../bounded.ts';
import type { FaultCode, Result } from '../../errors.ts';
import { newsroom } from '../../newsroom/current.ts';
import { type Clock, DAY, MINUTE } from '../../time.ts';
import type { NotModified, Page } from './answer.ts';
import { ALLOW_ALL, parseRobots, type Robots } from './robots.ts';

type Ask = (address: string) => Promise<Result<Page | NotModified>>;

export interface RobotsFiles {
  /** Whether the page may be read; `ask` reads the file where it is not known yet. */
  allows(page: URL, ask: Ask): Promise<boolean>;
  /** The longest Crawl-delay that one has asked for, ms. */
  readonly delayMs: number;
}

/** How long a robots.txt is believed; one that could not be read, or forbids what we are to read, is asked for sooner. */
const ROBOTS_FOR = DAY;
const ROBOTS_AGAIN = 30 * MINUTE;
/** News is worth a look at least as often, whatever a file for search engines says. */
const LONGEST_DELAY_MS = 5 * MINUTE;

/** Answers of a host that has no robots.txt. */
const NONE: readonly FaultCode[] = ['source.gone', 'source.redirects', 'source.bad_address'];

/** `most`: hosts that are remembered at a time. */
export function createRobotsFiles(clock: Clock, most: number): RobotsFiles {
  const files = bounded<string, { readonly until: number; readonly rules: Promise<Robots> }>(most);
  let delayMs = 0;

  /** An unreadable robots.txt allows everything: silence is not a refusal. */
  async function read({ origin }: URL, ask: Ask): Promise<Robots> {
    const file = await ask(`${origin}/robots.txt`);
    if (!file.ok && !NONE.includes(file.fault.code))
      files.set(origin, { until: clock.ticks() + ROBOTS_AGAIN, rules: Promise.resolve(ALLOW_ALL) });
    if (!file.ok || file.value.kind !== 'page') return ALLOW_ALL;
    const robots = parseRobots(file.value.bytes, newsroom().agent);
    delayMs = Math.max(delayMs, Math.min(robots.delayMs, LONGEST_DELAY_MS));
    return robots;
  }

  return {
    get delayMs() {
      return delayMs;
    },
    async allows(page, ask) {
      const known = files.get(page.origin);
      const isKnown = known && known.until > clock.ticks();
      const rules = isKnown ? known.rules : read(page, ask);
      if (!isKnown) files.set(page.origin, { until: clock.ticks() + ROBOTS_FOR, rules });
      if ((await rules).allows(page.pathname + page.search)) return true;
      // One that forbids a page that we were sent to is obeyed, but may be a slip: it is asked for again soon.
      const cached = files.get(page.origin);
      if (cached)
        files.set(page.origin, { ...cached, until: Math.min(cached.until, clock.ticks() + ROBOTS_AGAIN) });
      return false;
    },
  };
}
