/** `npm start -- source [address or file …]`: what the bot sees there, in words. */
import { resolve } from 'node:path';
import type { SourceConfig } from '../config/config.ts';
import { inspectSources } from '../desk/operator/inspect.ts';
import { openNewsroom } from '../newsroom/current.ts';
import { loadWords } from '../render/locale.ts';
import { realClock } from '../time.ts';

/**
 * Reports on `targets`, or on every configured address where there are none. A file is meant from `folder`. Answers
 * whether all could be read; touches no store and needs no token.
 */
export function showSource(
  targets: readonly string[],
  { source, urgentMarks, linkHost }: SourceConfig,
  folder: string,
  write: (line: string) => void,
): Promise<boolean> {
  openNewsroom(source.newsroom);
  const named = targets.map((target) => (/^https?:\/\//i.test(target) ? target : resolve(folder, target)));
  const all = named.length > 0 ? named : Object.values(source.addresses).flat();
  return inspectSources(all, {
    clock: realClock,
    locales: loadWords(),
    urgentMarks,
    gapMs: source.gapMs,
    robots: source.robots,
    maxMb: source.maxMb,
    write,
    ...(linkHost === undefined ? {} : { linkHost }),
    ...(source.proxyUrl ? { proxyUrl: source.proxyUrl.reveal() } : {}),
    ...(source.contact === undefined ? {} : { contact: source.contact }),
  });
}
