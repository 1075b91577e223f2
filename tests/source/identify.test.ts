import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Story } from '#src/news/story.ts';
import { type Candidate, compareWithPage, identify } from '#src/source/identify.ts';
import { isTypingError } from '#src/source/likeness.ts';
import type { Draft } from '#src/source/normalise.ts';
import { randomStory, withTypos } from '#testing/texts.ts';

type Text = Pick<Draft, 'headline' | 'lead' | 'body' | 'day'>;

const draft = (text: Text): Draft => ({
  ...text,
  isDayKnown: true,
  link: 'https://news.example/en/news/2',
  rubrics: [],
  access: 'free',
  urgent: false,
});
const stored = (text: Text, isApart = false): Candidate => ({
  story: { id: 'known00000', ...text } satisfies Pick<Story, 'id' | 'headline' | 'lead' | 'body' | 'day'>,
  place: 'other',
  guid: 'silent',
  isApart,
});
const seeds = (count: number) => Array.from({ length: count }, (_, seed) => seed);

describe('a story under a new address', () => {
  it('is recognised in 1,000 of 1,000 with typing errors mended', () => {
    const missed = seeds(1000).filter((seed) => {
      const text = randomStory(seed);
      return identify(draft(withTypos(text, seed)), [stored(text)]).kind !== 'same';
    });
    expect(missed).toEqual([]);
  });

  it('is never taken for another under the same headline on the same day, in 1,000 of 1,000', () => {
    const merged = seeds(1000).filter((seed) => {
      const text = randomStory(seed);
      const other = { ...randomStory(seed + 5000), headline: text.headline, day: text.day };
      const verdict = identify(draft(other), [stored(text)]);
      return (
        verdict.kind === 'same' ||
        (verdict.kind === 'unsure' && compareWithPage(draft(other), stored(text), text) === 'same')
      );
    });
    expect(merged).toEqual([]);
  });

  it('is never taken for another that is told in the same words of other people and numbers', () => {
    const merged = seeds(1000).filter((seed) => {
      const [text, other] = [
        randomStory(seed, 'pattern'),
        { ...randomStory(seed + 5000, 'pattern'), headline: 'Ministry adds to its list', day: '2026-08-22' },
      ];
      const known = { ...text, headline: 'Ministry adds to its list', day: '2026-08-22' };
      const verdict = identify(draft(other), [stored(known)]);
      return (
        verdict.kind === 'same' ||
        (verdict.kind === 'unsure' && compareWithPage(draft(other), stored(known), known) === 'same')
      );
    });
    expect(merged).toEqual([]);
  });

  it('with another headline over the same text asks the page of the one that we know', () => {
    const text = randomStory(1);
    const renamed = draft({ ...text, headline: 'Quite another headline' });
    expect(identify(renamed, [stored(text)]).kind).toBe('unsure');
    expect(compareWithPage(renamed, stored(text), renamed)).toBe('same');
    expect(compareWithPage(renamed, stored(text), text)).toBe('new');
    expect(compareWithPage(renamed, stored(text), undefined)).toBe('new');
    expect(compareWithPage(renamed, stored(text), 'gone')).toBe('new');
  });

  it('whose page is gone has moved to where its text stands under a headline like its own, but for a notice', () => {
    const text = {
      headline: 'Journalist detained in Minsk',
      lead: 'Police detained a journalist in central Minsk after a rally on Friday.',
      body: [],
      day: '2026-08-22',
    };
    const moved = { ...text, headline: 'Newspaper journalist detained in Minsk' };
    expect(compareWithPage(draft(moved), stored(text), 'gone')).toBe('same');
    expect(compareWithPage(draft(moved), stored(text), undefined)).toBe('new');
    const lead = 'You have to log in to read this text.';
    expect(compareWithPage(draft({ ...moved, lead }), stored({ ...text, lead }), 'gone')).toBe('new');
  });

  it('with the same text dated another day is the same, for a feed may date everything anew', () => {
    const text = randomStory(1);
    expect(
      identify(draft({ ...text, day: '2026-08-25' }), [stored({ ...text, day: '2026-08-22' })]).kind,
    ).toBe('same');
  });

  it('that was edited as well asks the page of the one that we know', () => {
    const text = randomStory(1);
    const edited = draft({
      ...text,
      body: [...text.body.slice(0, -1), { kind: 'paragraph', text: 'Later 17 more people came from Brest.' }],
    });
    expect(identify(edited, [stored(text)])).toMatchObject({ kind: 'unsure', id: 'known00000' });
    expect(compareWithPage(edited, stored(text), edited)).toBe('same');
    expect(compareWithPage(edited, stored(text), text)).toBe('new');
    expect(compareWithPage(edited, stored(text), undefined)).toBe('new');
    const longer = draft({ ...text, body: [...text.body, { kind: 'paragraph', text: 'Later more came.' }] });
    expect(compareWithPage(longer, stored(text), undefined)).toBe('same');
  });

  it('without any text is the same by its headline only where the known one has left', () => {
    const bare = { headline: 'Only a headline', lead: '', body: [], day: '2026-08-22' };
    expect(identify(draft(bare), [stored(bare, false)]).kind).toBe('same');
    expect(identify(draft(bare), [stored(bare, true)]).kind).toBe('new');
  });

  it('cut short asks the page of the one that we know, and is it where that has the whole or is gone', () => {
    const text = randomStory(1);
    const whole = {
      ...text,
      body: [text, ...[2, 3, 4].map((seed) => randomStory(seed))].flatMap(({ body }) => body),
    };
    for (const [one, other] of [
      [text, whole],
      [whole, text],
    ] as const) {
      expect(identify(draft(one), [stored(other)])).toMatchObject({ kind: 'unsure' });
      expect(compareWithPage(draft(one), stored(other), other)).toBe('same');
      expect(compareWithPage(draft(one), stored(other), undefined)).toBe('same');
      const renamed = { ...other, headline: 'Quite another headline' };
      expect(identify(draft(one), [stored(renamed)]).kind).toBe('new');
      expect(compareWithPage(draft(one), stored(renamed), renamed)).toBe('new');
      expect(identify(draft(one), [stored({ ...other, day: '2026-01-01' })]).kind).toBe('new');
    }
  });

  it('that says no more than such stories always say is another one', () => {
    const lead = 'The ministry has added people to its list today, the agency was told by it.';
    const names = { kind: 'paragraph', text: 'They are Anna Zubr and Ivan Bocian. '.repeat(9) } as const;
    const known: Text = { headline: 'Ministry adds to its list', lead, body: [names], day: '2026-08-22' };
    expect(identify(draft({ ...known, body: [] }), [stored(known)]).kind).toBe('new');
    expect(compareWithPage(draft({ ...known, body: [] }), stored(known), known)).toBe('new');
  });

  it('is the same as itself, whatever it says', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 200 }),
        fc.string({ minLength: 1, maxLength: 400 }),
        (headline, lead) => {
          const text = { headline, lead, body: [], day: '2026-08-22' };
          return identify(draft(text), [stored(text, false)]).kind === 'same';
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('a typing error', () => {
  it.each([
    ['parliment', 'parliament'],
    ['teh house', 'the house'],
    ['recieve', 'receive'],
    ['навины', 'навіны'],
    ['goverment', 'government'],
  ])('%s for %s is one', (one, other) => {
    expect(isTypingError(one, other)).toBe(true);
  });

  it.each([
    ['2024', '2025'],
    ['ten', 'two'],
    ['minsk', 'pinsk1'],
    ['brest', 'homiel'],
    ['', 'a'],
  ])('%s for %s is none', (one, other) => {
    expect(isTypingError(one, other)).toBe(false);
  });
});
