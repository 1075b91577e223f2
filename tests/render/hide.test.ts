/** With `/hide on` a chat list and a lock screen show nothing of the news: all of a message stands in one spoiler. */
import { describe, expect, it } from 'vitest';
import type { Message } from '#src/news/message.ts';
import { loadWords } from '#src/render/locale.ts';
import { renderAnnouncement, renderBulletin, renderPage, renderStory } from '#src/render/message.ts';
import type { View } from '#src/render/view.ts';
import { storyOf, viewFor } from './stories.ts';
import { accepted } from './strict.ts';

const locales = loadWords();
const story = storyOf('be', {
  urgent: true,
  publishedAt: Date.parse('2026-08-22T21:30:00Z'),
  picture: { url: 'https://cdn.example/1.jpg', credit: 'Facebook' },
  rubrics: ['Культура'],
  body: [{ kind: 'paragraph', text: 'Адзін выдуманы сказ пра бібліятэку. '.repeat(60).trim() }],
});
const withdrawn = { ...story, withdrawn: true };

/** Every kind of message that tells news, as a chat with these settings gets it. */
const messages = (view: View): [name: string, message: Message][] => [
  ...(['headline', 'summary', 'full'] as const).map((style): [string, Message] => [
    style,
    renderStory(story, { ...view, style }, locales),
  ]),
  ['withdrawn', renderStory(withdrawn, view, locales)],
  ['page', renderPage(story, 0, view, locales)],
  ...renderBulletin([story, withdrawn], view, 'bulletin', locales).map((message): [string, Message] => [
    'bulletin',
    message,
  ]),
  ['announcement', renderAnnouncement('Сёння бот памаўчыць.', view, locales)],
];

describe('a hidden message', () => {
  it.each(messages(viewFor('be', { hide: true, hashtags: true })))(
    'shows none of its letters and no picture before it is tapped: %s',
    (_, message) => {
      const { text, entities } = accepted(message);
      const spoilers = entities.filter(({ type }) => type === 'spoiler');
      const open = Array.from(text).filter(
        (letter, at) =>
          /[\p{L}\p{N}]/u.test(letter) &&
          !spoilers.some(({ offset, length }) => offset <= at && at < offset + length),
      );
      expect(open).toEqual([]);
      expect(message.preview).toBeUndefined();
    },
  );

  it('says word for word what it says unhidden', () => {
    const plain = messages(viewFor('be', { hashtags: true })).map(([, message]) => accepted(message).text);
    const hidden = messages(viewFor('be', { hide: true, hashtags: true })).map(
      ([, message]) => accepted(message).text,
    );
    // Without its picture a message needs no credit.
    expect(hidden.map((text) => text.replace('\nФота: Facebook', ''))).toEqual(
      plain.map((text) => text.replace('\nФота: Facebook', '')),
    );
  });
});
