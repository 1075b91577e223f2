/** Tells operators, unasked, when a source stops working and when it is well again. */
import { EDITION_NAMES, type Edition } from '../../news/edition.ts';
import type { Desk } from '../desk.ts';
import type { Alarm } from './health.ts';

const OVER: Readonly<Record<Alarm['kind'], string>> = {
  failing: 'the source can be read again',
  unreadable: 'what the source answers is understood again',
  silent: 'there is news again',
  bodies: 'pages have their text again',
  feed: 'the listing names no feed any more',
};

const AWAY: ReadonlySet<Alarm['kind']> = new Set(['failing', 'unreadable']);

/** One message a chat of an operator, in English; nothing where nothing has changed. */
export async function alertOperators(
  desk: Desk,
  edition: Edition,
  raised: readonly Alarm[],
  ended: readonly Alarm['kind'][],
): Promise<void> {
  // A source that fails in another way than before is not well again.
  const isAway = raised.some(({ kind }) => AWAY.has(kind));
  const over = ended.filter((kind) => !(isAway && AWAY.has(kind)));
  for (const { kind, words } of raised)
    desk.log.warn({ edition, kind, detail: words }, 'an alarm about a source');
  for (const kind of over) desk.log.info({ edition, kind }, 'an alarm about a source is over');
  const lines = [...raised.map(({ words }) => words), ...over.map((kind) => `${edition}: ${OVER[kind]}`)];
  if (lines.length === 0) return;
  const text = [EDITION_NAMES[edition], ...lines].join('\n').replace(/[<>&]/g, ' ');
  await Promise.all(
    desk.policy.adminIds.map(async (id) => {
      if (await desk.telegram.pace.turn('answer')) {
        await desk.telegram.send({ id, kind: id > 0 ? 'person' : 'group' }, { text });
      }
    }),
  );
}
