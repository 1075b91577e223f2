/** `npm start -- source [address or file …]`: what the bot sees there, in words. */
import { present } from '../present.ts';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SourceConfig } from '../config/config.ts';
import { inspectSources } from '../desk/operator/inspect.ts';
import { openNewsroom } from '../newsroom/current.ts';
import { loadWords } from '../render/locale.ts';
import { realClock } from '../time.ts';

/** Reports on `targets`, files as seen from `folder`, or on all configured addresses; answers whether all could be read. */
export function showSource(
  targets: readonly string[],
  { source, urgentMarks, linkHost }: SourceConfig,
  folder: string,
  write: (line: string) => void,
): Promise<boolean> {
  openNewsroom(source.newsroom);
  const named = targets.map((target) => meant(target, folder));
  const all = named.length > 0 ? named : Object.values(source.addresses).flat();
  return inspectSources(
    all,
    present({
      clock: realClock,
      locales: loadWords(),
      urgentMarks,
      gapMs: source.gapMs,
      robots: source.robots,
      maxMb: source.maxMb,
      write,
      linkHost,
      proxyUrl: source.proxyUrl?.reveal(),
      contact: source.contact,
    }),
  );
}

/** An address, also without its scheme (`example.com/news`), or a file as seen from `folder`. */
function meant(target: string, folder: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(target)) return target;
  const path = resolve(folder, target);
  const looksLikeHost = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(:\d+)?(\/|$)/i.test(target);
  return looksLikeHost && !FILE_ENDINGS.test(target) && !existsSync(path) ? `https://${target}` : path;
}

/** A name that ends so is a saved page although it could be a host. */
const FILE_ENDINGS = /^[^/]*\.(?:xml|rss|rdf|atom|html?|json|txt)$/i;
