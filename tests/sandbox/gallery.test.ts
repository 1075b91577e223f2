import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { movingClock } from '#sandbox/moving-clock.ts';
import { type Newsroom, startNewsroom } from '#sandbox/newsroom/newsroom.ts';
import { TONGUES } from '#sandbox/newsroom/words.ts';
import type { Gallery } from '#sandbox/page/gallery.ts';
import { NO_MACHINE } from '#sandbox/page/no-machine.ts';
import { setStage, type Stage } from '#sandbox/page/stage.ts';
import { startTelegram, type Telegram } from '#sandbox/telegram/telegram.ts';
import { FORMS, formOf } from '#src/trial/forms.ts';

interface Shown {
  kind: string;
  messages: {
    text: string;
    rich?: unknown[];
    edited: boolean;
    entities: { type: string }[];
    replyTo?: { text: string };
    buttons: { text: string }[][];
  }[];
}

interface Page {
  FORMS: Readonly<Record<string, readonly string[]>>;
  DOORS: Readonly<Record<string, object>>;
}

let telegram: Telegram;
let newsroom: Newsroom;
let stage: Stage;
let gallery: Gallery;
let page: Page;

beforeAll(async () => {
  const clock = movingClock();
  telegram = await startTelegram({ clock });
  newsroom = await startNewsroom({ clock });
  stage = setStage({ telegram, newsroom, clock, machine: { ...NO_MACHINE, form: formOf } }, clock.now());
  ({ gallery } = stage);
  page = (await import(`../../sandbox/page/browser/${'forms'}.js`)) as Page;
});

afterAll(async () => {
  await Promise.all([telegram.close(), newsroom.close(), gallery.close()]);
});

const shown = async (form: string, tongue: 'be' | 'ru' | 'en' = 'en') =>
  (await gallery.chat(form, tongue)) as Shown;

describe('the gallery of all forms of message', () => {
  it('has every form in every language, as Telegram takes it, and nobody else is told', async () => {
    for (const form of FORMS)
      for (const tongue of TONGUES)
        expect((await shown(form, tongue)).messages.length, `${form} ${tongue}`).toBeGreaterThan(0);
    expect(telegram.deliveries()).toEqual([]);
    expect(stage.timeline()).toEqual([]);
  });

  it('draws each as what it is called', async () => {
    const [corrected] = (await shown('correction')).messages;
    expect(corrected).toMatchObject({ edited: true, text: expect.stringContaining('updated') as string });
    const [withdrawn] = (await shown('withdrawal')).messages;
    expect(withdrawn?.entities.map(({ type }) => type)).toContain('strikethrough');
    const [hidden] = (await shown('hidden')).messages;
    expect(hidden?.entities.map(({ type }) => type)).toContain('spoiler');
    const [first, second] = (await shown('follow-up')).messages;
    expect(first?.text.replace(/\s+/g, ' ')).toContain(second?.replyTo?.text);
    expect((await shown('digest')).messages[0]?.buttons.flat().map(({ text }) => text)).toHaveLength(9);
    for (const form of ['article', 'rich-digest'])
      expect((await shown(form)).messages[0]?.rich, form).toBeDefined();
    expect((await shown('channel')).kind).toBe('channel');
    expect((await shown('lacinka', 'be')).messages[0]?.text).toMatch(/^\P{Script=Cyrillic}+$/u);
  });

  it('says which form there is not', async () => {
    await expect(gallery.chat('constructor', 'be')).rejects.toThrow('No form is called constructor');
  });

  it('is the same list in the bot, on the page, in its words and on the page of the docs', async () => {
    expect(Object.keys(page.FORMS)).toEqual(FORMS);
    const docs = readFileSync(new URL('../../docs/gallery.md', import.meta.url), 'utf8');
    const { EN } = (await import(`../../sandbox/page/browser/${'words-en'}.js`)) as {
      EN: Readonly<Record<string, string>>;
    };
    const states = [...FORMS, ...Object.keys(page.DOORS)];
    for (const state of states) expect(EN[`form-${state}`], state).toBeDefined();
    const linked = [...docs.matchAll(/\?view=([\w-]+)&lang=(\w+)/g)].map(
      ([, view, lang]) => `${view} ${lang}`,
    );
    expect(linked.filter((one) => one !== 'gallery en')).toEqual(
      states.flatMap((state) => (page.FORMS[state] ?? TONGUES).map((tongue) => `${state} ${tongue}`)),
    );
  });
});
