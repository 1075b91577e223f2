import { describe, expect, it } from 'vitest';
import { pieceOf } from '#sandbox/newsroom/sample.ts';
import { SAMPLES } from '#sandbox/newsroom/samples.ts';
import { TONGUES } from '#sandbox/newsroom/words.ts';

const texts = SAMPLES.flatMap((sample) =>
  TONGUES.map((tongue) => ({ key: `${sample.key} ${tongue}`, tongue, ...sample[tongue] })),
);

describe('the invented stories', () => {
  it('are whole in each language and as long as the real ones', () => {
    for (const { key, headline, lead, body } of texts) {
      expect.soft(headline.length, `${key}: headline`).toBeLessThanOrEqual(95);
      expect.soft(lead.length, `${key}: lead`).toBeLessThanOrEqual(225);
      expect.soft(lead, `${key}: lead`).toMatch(/[.!?»”]$/);
      expect.soft(body.trim(), key).not.toBe('');
    }
  });

  it('carry one key and one headline each, and continue only stories that exist', () => {
    const keys = SAMPLES.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(texts.map(({ headline }) => headline)).size).toBe(texts.length);
    for (const { follows } of SAMPLES) if (follows) expect(keys).toContain(follows);
  });

  it('are set as their languages want: quotes, apostrophes, ў after a vowel', () => {
    for (const { key, tongue, headline, lead, body } of texts) {
      const text = `${headline}\n${lead}\n${body}`;
      expect.soft(text, key).not.toMatch(/["']| - /);
      if (tongue === 'en') continue;
      expect.soft(text, key).not.toMatch(/[a-z]{3}/);
      if (tongue === 'ru') expect.soft(text.replaceAll('«ў»', ''), key).not.toMatch(/[іўІЎ]/);
      if (tongue !== 'be') continue;
      expect.soft(text, key).not.toMatch(/[ищъЩИ]/);
      expect.soft(text, `${key}: у after a vowel`).not.toMatch(/[аеёіоуыэюя] у(?=[ бвгджзйклмнпрстфхцчш])/);
      expect.soft(text, `${key}: ў after a consonant`).not.toMatch(/(?:[бвгджзйклмнпрстфхцчшь]|[.!?]) ў/);
      expect.soft(text, `${key}: ў at a beginning`).not.toMatch(/^[Ўў]/m);
    }
  });

  it('come with rubrics, a credit and a mark of urgency in the language', () => {
    const storm = SAMPLES.find(({ key }) => key === 'storm');
    const bridge = SAMPLES.find(({ key }) => key === 'bridge-open');
    expect(storm && pieceOf(storm).be).toMatchObject({ urgent: true, rubric: 'Грамадства, Бяспека' });
    expect(bridge && pieceOf(bridge, 7).en).toMatchObject({
      relatedTo: 7,
      picture: { credit: 'a reader' },
      rubric: 'Society',
    });
  });
});
