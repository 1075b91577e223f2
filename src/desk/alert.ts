/** Tells operators, unasked, when a source stops working and when it is well again. */
import { EDITION_NAMES, type Edition } from '../news/edition.ts';
import type { Desk } from './desk.ts';
import type { Alarm } from './health.ts';

/** One message a chat of an operator, in English; nothing where nothing has changed. */
export async function alertOperators(
  desk: Desk,
  edition: Edition,
  raised: readonly Alarm[],
  ended: readonly Alarm['kind'][],
): Promise<void> {
  for (const { kind, words } of raised)
    desk.log.warn({ edition, kind, detail: words }, 'an alarm about a source');
  for (const kind of ended) desk.log.info({ edition, kind }, 'an alarm about a source is over');
  const lines = [
    ...raised.map(({ words }) => words),
    ...(ended.length > 0 ? [`Over: ${ended.join(', ')}.`] : []),
  ];
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
