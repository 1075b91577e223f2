/** Acts of the newsroom's editors: they publish, correct, withdraw, and have bad days. */
import type { Draft, Piece } from '../newsroom/archive.ts';
import { OUTAGES } from '../newsroom/outage.ts';
import { isTongue, TONGUES } from '../newsroom/words.ts';
import { type Body, numberOf, objectOf, plain, textOf } from './body.ts';
import { isOut } from './due.ts';
import type { Act } from './server.ts';
import type { Stage } from './stage.ts';

export function newsroomActs(stage: Stage): Readonly<Record<string, Act>> {
  const { newsroom, steps } = stage;
  return {
    publish(body) {
      const earlier =
        typeof body['follows'] === 'string' ? stage.samples.get(body['follows']) : body['follows'];
      const follows = newsroom.stories().find(({ piece }) => piece === earlier);
      const piece = readPiece(objectOf(body, 'piece'), follows?.ids.at(-1));
      const sample = body['sample'];
      stage.publish(piece, typeof sample === 'string' && sample ? { sample } : {});
      steps.add('publish');
    },
    /** In which of its languages a piece says what is out already. */
    'out-already'(body) {
      const piece = readPiece(objectOf(body, 'piece'), undefined);
      const now = stage.clock.now();
      const tongues = TONGUES.filter((tongue) => piece[tongue] && isOut(stage, tongue, piece[tongue], now));
      return { tongues };
    },
    correct(body) {
      const patch = objectOf(body, 'patch');
      newsroom.correct(numberOf(body, 'id'), {
        headline: textOf(patch, 'headline', 1000),
        lead: plain(patch['lead']).slice(0, 10_000),
      });
      steps.add('correct');
    },
    withdraw(body) {
      for (const { ids } of newsroom.stories().filter(({ piece }) => piece === body['piece']))
        newsroom.withdraw(ids.at(-1) ?? 0);
    },
    restore(body) {
      for (const { ids } of newsroom.stories().filter(({ piece }) => piece === body['piece']))
        newsroom.restore(ids.at(-1) ?? 0);
    },
    outage(body) {
      const kind = [...OUTAGES, 'off' as const].find((known) => known === body['kind']);
      const only = body['only'];
      if (!kind) throw new Error('No such outage');
      newsroom.outage(kind, isTongue(only) ? only : undefined);
    },
    reset() {
      stage.arrivals.read();
      newsroom.reset();
    },
    redesign: () => newsroom.redesign(newsroom.design() === 'known' ? 'other' : 'known'),
  };
}

function readPiece(given: Body, relatedTo: number | undefined): Piece {
  const piece: { [tongue in (typeof TONGUES)[number]]?: Draft } = {};
  for (const tongue of TONGUES) {
    if (given[tongue] === undefined) continue;
    const fields = objectOf(given, tongue);
    const text = (name: string) => plain(fields[name]).slice(0, 100_000);
    const { paid, picture } = fields;
    piece[tongue] = {
      headline: textOf(fields, 'headline', 1000),
      lead: text('lead'),
      body: text('body'),
      rubric: text('rubric'),
      urgent: fields['urgent'] === true,
      ...(paid === true || paid === 'linked' ? { paid } : {}),
      ...(picture ? { picture: { credit: plain((picture as Body)['credit']) } } : {}),
      ...(relatedTo === undefined ? {} : { relatedTo }),
    };
  }
  if (!TONGUES.some((tongue) => piece[tongue])) throw new Error('A story needs a headline');
  return piece;
}
