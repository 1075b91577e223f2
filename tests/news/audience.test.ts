import { describe, expect, it } from 'vitest';
import { decide, type Pending, type PendingStory, storyTerms } from '#src/news/audience.ts';
import type { Story } from '#src/news/story.ts';
import type { Subscriber } from '#src/news/subscriber.ts';
import { DEFAULT_SETTINGS, type Settings } from '#src/news/settings.ts';

/** 14:05 in Minsk. */
const NOON = Date.parse('2026-08-22T11:05:00Z');
const MINUTE = 60_000;
const clock = (time: string, day = '2026-08-22') => Date.parse(`${day}T${time}:00+03:00`);

const chat = (patch: Partial<Settings> = {}, more: Partial<Subscriber> = {}): Subscriber => ({
  slot: 1,
  chat: { id: 1, kind: 'person' },
  state: 'active',
  settings: { ...DEFAULT_SETTINGS, edition: 'en', ...patch },
  ...more,
});

let seq = 0;
const told = (headline: string, at = NOON, more: Partial<Story> = {}): PendingStory => {
  seq += 1;
  const story: Story = {
    id: `story${seq}`,
    edition: 'en',
    revision: 0,
    headline,
    lead: '',
    body: [],
    day: '2026-08-22',
    firstSeenAt: at,
    link: 'https://news.example/1/',
    rubrics: [],
    access: 'free',
    urgent: false,
    withdrawn: false,
    ...more,
  };
  return { kind: 'story', seq, at, story, terms: storyTerms(story), urgent: story.urgent };
};
const announced = (at = NOON): Pending => {
  seq += 1;
  return { kind: 'announcement', id: 'one', seq, at, text: 'We move house.' };
};

describe('a story by itself', () => {
  it('comes at once, with sound', () => {
    const story = told('A library opens');
    expect(decide(chat(), [story], NOON)).toEqual({
      do: 'send',
      form: 'story',
      items: [story],
      silent: false,
      more: false,
    });
  });

  it('is nothing to a chat that follows something else', () => {
    expect(decide(chat({ follow: ['Hrodna'] }), [told('A library opens')], NOON)).toEqual({ do: 'nothing' });
  });

  it('is found by a name that stands only in its text', () => {
    const story = told('A library opens', NOON, {
      body: [{ kind: 'paragraph', text: 'The first readers came from Hrodna.' }],
    });
    expect(decide(chat({ follow: ['Гродна'] }), [story], NOON).do).toBe('send');
  });

  it('is nothing once it is withdrawn', () => {
    expect(decide(chat(), [told('Gone', NOON, { withdrawn: true })], NOON)).toEqual({ do: 'nothing' });
  });
});

describe('quiet hours', () => {
  const quiet = { from: '23:00', to: '07:00' };
  const night = clock('02:00');

  it('hold stories until the end of the reader’s night', () => {
    expect(decide(chat({ quiet }), [told('One', night)], night)).toEqual({
      do: 'hold',
      until: clock('07:00'),
    });
  });

  it('hold an announcement too', () => {
    expect(decide(chat({ quiet }), [announced(night)], night)).toEqual({ do: 'hold', until: clock('07:00') });
    expect(decide(chat({ quiet }), [announced(night)], clock('07:00')).do).toBe('send');
  });

  it('let urgent news through silently, all of it in one message, and hold the rest', () => {
    const [one, two, rest] = [
      told('A', night, { urgent: true }),
      told('B', night, { urgent: true }),
      told('C', night),
    ];
    expect(decide(chat({ quiet }), [one, rest, two], night)).toEqual({
      do: 'send',
      form: 'bulletin',
      items: [two, one],
      silent: true,
      more: true,
      until: clock('07:00'),
    });
  });

  it('hold urgent news as well where the reader says so', () => {
    const urgent = told('A', night, { urgent: true });
    expect(decide(chat({ quiet, urgent: 'hold' }), [urgent], night).do).toBe('hold');
  });

  it('end in one bulletin; one story alone comes as the chat likes its stories', () => {
    const [one, two] = [told('A', night), told('B', night)];
    expect(decide(chat({ quiet }), [one, two], clock('07:00'))).toMatchObject({
      form: 'quiet',
      items: [two, one],
    });
    expect(decide(chat({ quiet }), [one], clock('07:00'))).toMatchObject({ form: 'story', items: [one] });
  });

  it('that are switched off while something is held let it go as one bulletin', () => {
    const held = [told('A', night), told('B', night)];
    expect(decide(chat(), held, night)).toMatchObject({ do: 'send', form: 'bulletin', more: false });
  });
});

describe('a digest', () => {
  const digest = ['08:00', '20:00'];

  it('waits for its hour where an hour has passed only since a story came that the chat does not want', () => {
    const reader = chat({ digest, follow: ['zebra'] });
    const pending = [told('Other', clock('07:00')), told('A zebra', clock('08:30'))];
    expect(decide(reader, pending, clock('08:40'))).toEqual({ do: 'hold', until: clock('20:00') });
    expect(decide(reader, pending, clock('20:00'))).toMatchObject({ form: 'digest', items: [pending[1]] });
  });

  it('gathers what came since the last one', () => {
    const [one, two] = [told('A', clock('09:00')), told('B', clock('15:00'))];
    expect(decide(chat({ digest }), [one, two], clock('15:00'))).toEqual({
      do: 'hold',
      until: clock('20:00'),
    });
    expect(decide(chat({ digest }), [one, two], clock('20:00'))).toMatchObject({
      do: 'send',
      form: 'digest',
    });
  });

  it('whose hour lies within quiet hours comes when these end', () => {
    const settings = { digest: ['06:00'], quiet: { from: '23:00', to: '07:00' } };
    const story = told('A', clock('05:00'));
    expect(decide(chat(settings), [story], clock('06:00'))).toEqual({ do: 'hold', until: clock('07:00') });
    expect(decide(chat(settings), [story], clock('07:00'))).toMatchObject({ do: 'send', form: 'digest' });
  });

  it('lets urgent news go ahead with sound and keeps the hour of the rest', () => {
    const [rest, urgent] = [told('A', clock('09:00')), told('B', clock('10:00'), { urgent: true })];
    expect(decide(chat({ digest }), [rest, urgent], clock('10:00'))).toMatchObject({
      form: 'story',
      items: [urgent],
      silent: false,
      until: clock('20:00'),
    });
  });

  it('that was moved while stories waited keeps its new hour, urgent news or not', () => {
    const moved = clock('09:00', '2026-08-23');
    const [rest, urgent] = [told('A', clock('08:30')), told('B', clock('10:00'), { urgent: true })];
    const reader = chat({ digest: ['09:00'] });
    expect(decide(reader, [rest], clock('10:00'), moved)).toEqual({ do: 'hold', until: moved });
    expect(decide(reader, [rest, urgent], clock('10:00'), moved)).toMatchObject({
      items: [urgent],
      until: moved,
    });
  });

  it('knows how often a story was continued', () => {
    const plan = decide(chat({ digest }), [{ ...told('A', clock('09:00')), followUps: 2 }], clock('20:00'));
    expect(plan).toMatchObject({ items: [{ followUps: 2 }] });
  });
});

describe('topics together with everything', () => {
  const also = { follow: ['Hrodna'], followMode: 'also' } as const;
  const [town, other] = [told('Bridge in Hrodna closes'), told('A library opens')];

  it('bring everything', () => {
    expect(decide(chat(also), [other], NOON)).toMatchObject({ do: 'send', items: [other] });
  });

  it('are heard where the rest is silent', () => {
    const reader = chat({ ...also, sound: 'never' });
    expect(decide(reader, [other], NOON)).toMatchObject({ silent: true });
    expect(decide(reader, [town], NOON)).toMatchObject({ silent: false });
    expect(decide(reader, [other, town], NOON)).toMatchObject({ form: 'bulletin', silent: false });
  });

  it('are not heard at night where the night is silent', () => {
    expect(decide(chat({ ...also, sound: 'day' }), [town], clock('02:00'))).toMatchObject({ silent: true });
  });

  it('come ahead of a digest, which keeps the rest', () => {
    const reader = chat({ ...also, digest: ['20:00'] });
    const plan = decide(reader, [other, town], NOON);
    expect(plan).toMatchObject({ do: 'send', form: 'story', items: [town], more: true });
    // Nothing else would tell that the next one came: the chat is looked at again and again.
    expect(decide(reader, [other], NOON)).toEqual({ do: 'hold', until: NOON + 10_000 });
    const late = clock('20:00') - 3000;
    expect(decide(reader, [other], late)).toEqual({ do: 'hold', until: clock('20:00') });
    expect(decide(reader, [other], clock('20:00'))).toMatchObject({ form: 'digest', items: [other] });
  });

  it('wait for the end of quiet hours, then come without waiting for the digest', () => {
    const reader = chat({ ...also, digest: ['20:00'], quiet: { from: '12:00', to: '15:00' } });
    expect(decide(reader, [town], NOON)).toEqual({ do: 'hold', until: clock('15:00') });
    expect(decide(reader, [town], clock('15:00'))).toMatchObject({ form: 'story', items: [town] });
  });

  it('come whatever their rubric', () => {
    const reader = chat({ ...also, rubrics: ['culture'] });
    expect(decide(reader, [other], NOON)).toEqual({ do: 'nothing' });
    expect(decide(reader, [town], NOON)).toMatchObject({ items: [town] });
  });
});

describe('an announcement', () => {
  it('goes ahead of a digest by itself, and the digest keeps its hour', () => {
    const word = announced(clock('10:00'));
    const plan = decide(chat({ digest: ['20:00'] }), [told('A', clock('09:00')), word], clock('10:00'));
    expect(plan).toMatchObject({ form: 'announcement', items: [word], more: true, until: clock('20:00') });
  });

  it.each([
    ['urgent news', () => told('Flood', NOON, { urgent: true })],
    ['a story of a topic', () => told('Bridge in Hrodna closes')],
    ['another announcement', () => announced()],
  ])('that goes ahead of a digest holds up no %s', (_, follows) => {
    const reader = chat({ digest: ['20:00'], follow: ['Hrodna'], followMode: 'also' });
    const [plain, word, next] = [told('A', clock('13:00')), announced(), follows()];
    const plan = decide(reader, [plain, word, next], NOON, clock('20:00'));
    expect(plan).toMatchObject({ form: 'announcement', items: [word], more: true });
    expect(plan).not.toHaveProperty('until');
    expect(decide(reader, [plain, next], NOON)).toMatchObject({ items: [next], more: true });
  });

  it('leaves the chat watched for topics that do not wait for its digest', () => {
    const reader = chat({ digest: ['20:00'], follow: ['Hrodna'], followMode: 'also' });
    const plan = decide(reader, [told('A', clock('13:00')), announced()], NOON, NOON);
    expect(plan).toMatchObject({ form: 'announcement', until: NOON + 10_000 });
  });
});

describe('a channel', () => {
  const place = chat({}, { chat: { id: 2, kind: 'channel' } });
  const stories = Array.from({ length: 6 }, (_, n) => told(`Story ${n}`, NOON + n * MINUTE));

  it('gets separate posts, oldest first, and a bulletin when more than five wait', () => {
    expect(decide(place, stories.slice(0, 5), NOON)).toMatchObject({
      form: 'story',
      items: [stories[0]],
      more: true,
    });
    expect(decide(place, stories, NOON)).toMatchObject({ form: 'bulletin', more: false });
  });

  it('gets what it missed in a pause as one message', () => {
    const returned = { ...place, note: 'missed' as const };
    expect(decide(returned, stories.slice(0, 2), NOON)).toMatchObject({ form: 'bulletin' });
  });
});

describe('topics and rubrics', () => {
  const [town, culture, other] = [
    told('Bridge in Hrodna closes'),
    told('A library opens', NOON, { rubrics: ['Culture'] }),
    told('Prices'),
  ];

  it('mean either where both are chosen', () => {
    const reader = chat({ follow: ['Hrodna'], rubrics: ['culture'] });
    expect(decide(reader, [town], NOON)).toMatchObject({ do: 'send' });
    expect(decide(reader, [culture], NOON)).toMatchObject({ do: 'send' });
    expect(decide(reader, [other], NOON)).toEqual({ do: 'nothing' });
  });

  it.each([{ follow: ['Hrodna'] }, { rubrics: ['culture'] }, { follow: ['Hrodna'], rubrics: ['culture'] }])(
    'let an urgent story pass, unless the chat wants its own only: %j',
    (chosen) => {
      const alarm = { ...other, urgent: true };
      expect(decide(chat(chosen), [alarm], NOON)).toMatchObject({ do: 'send', items: [alarm] });
      expect(decide(chat({ ...chosen, urgentPasses: 'mine' }), [alarm], NOON)).toEqual({ do: 'nothing' });
    },
  );
});
