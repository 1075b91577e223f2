/** Anybody who sees a story, in whatever chat and style, can read all of it in Telegram. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { viewFrom } from '#src/desk/chat-view.ts';
import { changeSettings } from '#src/desk/chats/subscribe.ts';
import { findStory } from '#src/desk/stories.ts';
import type { ChatKind } from '#src/news/subscriber.ts';
import { DEFAULT_SETTINGS } from '#src/news/settings.ts';
import { renderBulletin, renderStory } from '#src/render/message.ts';
import { visibleRich } from '#sandbox/telegram/rich.ts';
import type { Person } from '#sandbox/telegram/telegram.ts';
import { openStage, publish, type Stage } from '#testing/desk.ts';
import { last, subscriber, type Said } from './talk.ts';

let stage: Stage;
const HOST = 'news.example';

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

/** A story of about `letters` letters, each paragraph told from all others. */
async function published(letters: number): Promise<{ id: string; paragraphs: readonly string[] }> {
  const paragraphs: string[] = [];
  for (let length = 0; length < letters - 100; length += 300)
    paragraphs.push(
      `Paragraph ${paragraphs.length} of ${letters}. ${'Words of the story. '.repeat(13)}`.trim(),
    );
  const headline = `A story of ${letters} letters`;
  const id = await publish(stage, 'en', { headline, body: paragraphs, minutesAgo: 10 });
  return { id, paragraphs };
}

const squeezed = (text: string): string => text.replace(/\s+/g, ' ');

/** All addresses behind buttons. */
const addresses = (buttons: Said['buttons']): string[] => buttons.flat().flatMap(({ url }) => url ?? []);

function checkLinks(shown: Said): void {
  const inArticle = JSON.stringify(shown.rich ?? {}).split(`"url":"https://${HOST}`).length - 1;
  expect(inArticle).toBeLessThanOrEqual(1);
  const blocked = (shown.entities ?? []).filter(({ url }) => url?.includes(HOST));
  expect(blocked.length).toBeLessThanOrEqual(1);
  for (const { offset, length } of blocked) expect(shown.text.slice(offset, offset + length)).toBe('site');
  for (const address of addresses(shown.buttons)) expect(decodeURIComponent(address)).not.toContain(HOST);
}

/** Text read by a person who opens the story by `button` of `shown`, turning pages to the end. */
async function readFrom(person: Person, shown: Said, place: number | undefined): Promise<string> {
  const open = shown.buttons.flat().find(({ text }) => /^Read (here|on)$/.test(text));
  const led = open ? undefined : linkHere(shown);
  if (led !== undefined) return shown.text + (await readAt(person, led));
  if (!open) return shown.text;
  const pressed = await stage.press(person, shown.id, open.text, place);
  const address = pressed?.opens ?? pressed?.url;
  if (address !== undefined) return shown.text + (await readAt(person, address));
  const alone = place === undefined ? undefined : person.ephemeral().at(-1);
  if (alone) return shown.text + (alone.rich_message ? visibleRich(alone.rich_message) : (alone.text ?? ''));
  return shown.text + (await turned(person, last(person)));
}

/** The address behind `Read here` where it is a link of the text: without buttons under news. */
const linkHere = (shown: Said): string | undefined =>
  /https:\/\/t\.me\/\w+\?start=s_\w+/.exec(JSON.stringify([shown.entities, shown.rich]))?.[0];

/** Text read in the person's own chat with the bot, into which `address` leads. */
async function readAt(person: Person, address: string): Promise<string> {
  person.start(/^https:\/\/t\.me\/pozirk_sandbox_bot\?start=(s_\w+)$/.exec(address)?.[1]);
  await stage.settle();
  return turned(person, opened(person));
}

/** The story's own message: under one from a link stands the offer to subscribe. */
const opened = (person: Person): Said => {
  const found = person.messages().findLast(({ text }) => /Paragraph|A story of/.test(text));
  if (!found) throw new Error('nothing was opened');
  return found;
};

async function turned(person: Person, page: Said): Promise<string> {
  checkLinks(page);
  const next = page.buttons.flat().find(({ text }) => text === '›');
  if (!next) return page.text;
  await stage.press(person, page.id, '›');
  const now = person.messages().find(({ id }) => id === page.id);
  return page.text + (now ? await turned(person, now) : '');
}

const STYLES = ['headline', 'summary', 'full'] as const;
const KINDS = ['person', 'group', 'topic', 'channel'] as const;
const LENGTHS = [100, 700, 1700, 3500, 4200, 9000, 30_000];
/** Lengths that differ as articles: a line, one message, and what the plain form has pages for. */
const ARTICLE_LENGTHS = [100, 3500, 9000, 29_000, 30_000];

describe('the whole text', () => {
  const cases = KINDS.flatMap((kind) =>
    STYLES.flatMap((style) => [
      ...LENGTHS.map((letters) => ({ kind, style, letters, articles: false, buttons: true })),
      ...ARTICLE_LENGTHS.map((letters) => ({ kind, style, letters, articles: true, buttons: true })),
      ...[false, true].map((articles) => ({ kind, style, letters: 9000, articles, buttons: false })),
    ]),
  );
  it.each(cases)(
    'of $letters letters is reached from style $style in a $kind, articles: $articles, buttons: $buttons',
    async (one) => {
      const { id, paragraphs } = await published(one.letters);
      const { person, shown, place } = await shownIn(one, id);
      if (one.articles && one.style === 'full') expect(shown.rich).toBeDefined();
      checkLinks(shown);
      let read = squeezed(await readFrom(person, shown, place));
      // Text too long for one message for one pair of eyes goes on in a chat of their own.
      if (place !== undefined && person.ephemeral().at(-1)?.reply_markup) {
        person.start(`s_${id}`);
        await stage.settle();
        read += squeezed(await turned(person, opened(person)));
      }
      for (const paragraph of paragraphs) expect(read).toContain(paragraph);
    },
  );

  it.each(KINDS)('of each story of a bulletin is one tap away in a %s', async (kind) => {
    const stories = [];
    for (const letters of [500, 1200, 9000]) stories.push(await published(letters));
    const { person, shown, place } = await shownIn(
      { kind, style: 'summary', articles: false },
      ...stories.map(({ id }) => id),
    );
    const numbers = shown.buttons.flat().map(({ text }) => text);
    expect(numbers).toEqual(['1', '2', '3']);
    for (const number of numbers) {
      const pressed = await stage.press(person, shown.id, number, place);
      if (kind === 'person') expect(pressed).toEqual({});
      else expect(pressed?.opens).toMatch(/^https:\/\/t\.me\/pozirk_sandbox_bot\?start=s_/);
    }
    for (const address of addresses(shown.buttons)) expect(address).not.toContain(HOST);
  });

  it.each(KINDS)(
    'of each story of a bulletin as an article stands in it in a %s, or is one tap away',
    async (kind) => {
      const stories = [];
      for (const letters of [500, 1200, 9000, 24_000]) stories.push(await published(letters));
      const { person, shown, place } = await shownIn(
        { kind, style: 'summary', articles: true },
        ...stories.map(({ id }) => id),
      );
      expect(shown.rich).toBeDefined();
      const inside = stories.filter(({ paragraphs }) => paragraphs.every((one) => shown.text.includes(one)));
      const numbers = shown.buttons.flat().map(({ text }) => text);
      expect(inside.length).toBeGreaterThan(1);
      expect(numbers.length).toBe(stories.length - inside.length);
      for (const number of numbers) {
        const pressed = await stage.press(person, shown.id, number, place);
        if (kind === 'person') expect(pressed).toEqual({});
        else expect(pressed?.opens).toMatch(/^https:\/\/t\.me\/pozirk_sandbox_bot\?start=s_/);
      }
      for (const address of addresses(shown.buttons)) expect(address).not.toContain(HOST);
    },
  );
});

interface Place {
  readonly kind: ChatKind;
  readonly style: (typeof STYLES)[number];
  readonly articles: boolean;
  readonly buttons?: boolean;
}

/** One story, or several as a bulletin, as they come into such a chat; with somebody who sees them there. */
async function shownIn({ kind, style, articles, buttons = true }: Place, ...ids: readonly string[]) {
  const person = await subscriber(stage, 'en');
  const { place, ...topic } = kind === 'person' ? {} : placeFor(kind, person);
  const chat = { id: place?.id ?? person.id, kind, ...topic };
  const settings = { ...DEFAULT_SETTINGS, edition: 'en' as const, style, articles, buttons };
  if (articles) await changeSettings(stage.desk, { id: person.id, kind: 'person' }, { articles }, 'en');
  const view = viewFrom(stage.desk, { slot: 1, chat, settings, state: 'active' });
  const stories = (await Promise.all(ids.map((id) => findStory(stage.desk, id)))).filter(
    (one) => one !== undefined,
  );
  const [story] = stories;
  if (!story) throw new Error('no story');
  const message =
    stories.length === 1
      ? renderStory(story, view, stage.desk.locales)
      : renderBulletin(stories, view, 'bulletin', stage.desk.locales)[0];
  if (!message) throw new Error('no message');
  const outcome = await stage.desk.telegram.send(chat, message);
  expect(outcome.kind).toBe('done');
  const shown = (place?.messages() ?? person.messages()).at(-1);
  if (!shown) throw new Error('nothing was sent');
  return { person, shown, place: place?.id };
}

function placeFor(kind: ChatKind, person: Person) {
  const owner = stage.telegram.person();
  const forum = kind === 'topic';
  const place =
    kind === 'channel' ? stage.telegram.channel({ owner }) : stage.telegram.supergroup({ owner, forum });
  if (kind === 'channel') place.addBot(['can_post_messages']);
  else place.addBot(undefined);
  place.join(person);
  return { place, ...(forum ? { thread: place.createTopic('News', owner) } : {}) };
}
