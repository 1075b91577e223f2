import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '#sandbox/telegram/telegram.ts';
import { packed } from '#src/bot/rows.ts';
import { DOORS } from '#src/news/settings.ts';
import { openStage, publish, type Stage } from '#testing/desk.ts';
import { channelOf, starter, tap } from './editor.ts';
import { last, subscriber } from './talk.ts';
import * as talk from './talk.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  for (const edition of ['be', 'ru', 'en'] as const)
    await publish(stage, edition, { headline: 'Навіна', rubrics: ['Культура', 'Навіны Германіі'] });
});
afterAll(() => stage.close());

/** Letters that a phone shows of a button in a row of one, two and three. */
const SHOWN = [Number.POSITIVE_INFINITY, 17, 11];

/** Labels that a phone would cut. */
const cut = (person: Person): string[] =>
  last(person).buttons.flatMap((row) =>
    row.map(({ text }) => text).filter((text) => Array.from(text).length > (SHOWN[row.length - 1] ?? 0)),
  );

/** Screens that lie behind the buttons of the last message. */
const screensOf = (person: Person): string[] =>
  last(person)
    .buttons.flat()
    .flatMap(({ callback_data }) => (callback_data?.startsWith('1:go:') ? [callback_data] : []));

describe('labels', () => {
  it.each(['be', 'ru', 'en'] as const)('of the settings are whole on a phone: %s', async (language) => {
    const person = await subscriber(stage, language);
    await talk.ask(stage, person, '/follow Мінск');
    await talk.ask(stage, person, '/quiet 23:00-07:00');
    const { id } = await talk.ask(stage, person, '/settings');
    const go = (data: string) => stage.press(person, id, { data });
    expect(cut(person)).toEqual([]);
    for (const door of DOORS) {
      await go(`1:go:${door}`);
      expect(cut(person)).toEqual([]);
      const inside = screensOf(person).filter((data) => data !== '1:go:settings');
      for (const screen of inside) {
        await go(screen);
        expect(cut(person), screen).toEqual([]);
        if (screensOf(person).includes(`1:go:${door}`)) await go(`1:go:${door}`);
        else break;
      }
      if (screensOf(person).includes('1:go:settings')) await go('1:go:settings');
      else return;
    }
  });

  it.each(['be', 'ru', 'en'] as const)('of a card are whole on a phone: %s', async (language) => {
    const owner = await starter(stage, language);
    await channelOf(stage, owner);
    await tap(stage, owner, 'Беларуская');
    const { id } = last(owner);
    const press = async (label: string | undefined) => {
      if (label !== undefined) await stage.press(owner, id, label);
      expect(cut(owner)).toEqual([]);
    };
    const labels = () =>
      last(owner)
        .buttons.flat()
        .map(({ text }) => text);
    await press(labels().at(-2));
    for (const door of labels().slice(0, DOORS.length)) {
      await press(door);
      await press(labels().at(-1));
    }
  });

  it('stand beside one another only where each is short enough, in their order', () => {
    const texts = fc.array(fc.string({ minLength: 1, maxLength: 30 }), { maxLength: 12 });
    fc.assert(
      fc.property(texts, (all) => {
        const rows = packed(all.map((text) => ({ text, press: 'x' })));
        expect(rows.flat().map(({ text }) => text)).toEqual(all);
        for (const row of rows)
          for (const { text } of row)
            expect(Array.from(text).length).toBeLessThanOrEqual(SHOWN[row.length - 1] ?? 0);
      }),
    );
  });
});
