/** The robots.txt of hosts, each asked for once and remembered. */
import { bounded } from '../../bounded.ts';
import type { Result } from '../../errors.ts';
import { newsroom } from '../../newsroom/current.ts';
import { type Clock, DAY, MINUTE } from '../../time.ts';
import { type Answered, MOST_REDIRECTS } from './answer.ts';
import { ALLOW_ALL, parseRobots, type Robots } from './robots.ts';

export interface RobotsFiles {
  /** Whether the page may be read; `ask` reads the file where it is not known yet. */
  allows(page: URL, ask: (address: URL) => Promise<Result<Answered>>): Promise<boolean>;
  /** The longest Crawl-delay that one has asked for, ms. */
  readonly delayMs: number;
}

/** How long a robots.txt is believed; one that could not be read, or forbids what we are to read, is asked for sooner. */
const ROBOTS_FOR = DAY;
const ROBOTS_AGAIN = 30 * MINUTE;
/** News is worth a look at least as often, whatever a file for search engines says. */
const LONGEST_DELAY_MS = 5 * MINUTE;

/** `most`: hosts that are remembered at a time. */
export function createRobotsFiles(clock: Clock, most: number): RobotsFiles {
  const files = bounded<string, { readonly until: number; readonly rules: Promise<Robots> }>(most);
  let delayMs = 0;

  /** An unreadable robots.txt allows everything: silence is not a refusal. */
  async function read(url: URL, ask: (address: URL) => Promise<Result<Answered>>): Promise<Robots> {
    let at = url;
    for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
      const step = await ask(at);
      if (step.ok && step.value.kind === 'page') {
        const robots = parseRobots(step.value.bytes, newsroom().agent);
        delayMs = Math.max(delayMs, Math.min(robots.delayMs, LONGEST_DELAY_MS));
        return robots;
      }
      if (!step.ok && step.fault.code !== 'source.gone')
        files.set(url.origin, { until: clock.ticks() + ROBOTS_AGAIN, rules: Promise.resolve(ALLOW_ALL) });
      if (!step.ok || step.value.kind !== 'redirect' || !/^https?:/.test(step.value.to)) break;
      at = new URL(step.value.to);
    }
    return ALLOW_ALL;
  }

  return {
    get delayMs() {
      return delayMs;
    },
    async allows(page, ask) {
      const known = files.get(page.origin);
      const isKnown = known && known.until > clock.ticks();
      const rules = isKnown ? known.rules : read(new URL('/robots.txt', page), ask);
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
