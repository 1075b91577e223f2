import { describe, expect, it } from 'vitest';
import { EDITIONS, type Edition } from '#src/news/edition.ts';
import type { Message } from '#src/news/message.ts';
import type { Story } from '#src/news/story.ts';
import type { BulletinKind } from '#src/render/bulletin.ts';
import { loadWords } from '#src/render/locale.ts';
import { renderBulletin, renderPage, renderStory, type View } from '#src/render/message.ts';
import { ODD_STORIES, ODD_VIEWS, rich } from './gallery.ts';
import { startTelegram } from '#sandbox/telegram/telegram.ts';
import { accepted, addressesIn, callFor } from './strict.ts';
import { NOW, storyOf, viewFor } from './stories.ts';

const locales = loadWords();
const STYLES = ['headline', 'summary', 'full'] as const;
const KINDS: readonly BulletinKind[] = ['bulletin', 'digest', 'quiet', 'latest', 'search'];

/** A message on few lines: the middle of a long text is left out, its length told. */
function sketch(name: string, message: Message): string {
  const { text, preview, buttons, protect } = message;
  const long = text.length > 400;
  const shown = long ? `${text.slice(0, 160)} ⟨… ${text.length} …⟩ ${text.slice(-160)}`.toWellFormed() : text;
  const under =
    buttons?.map((row) => row.map((button) => `[${Object.values(button).join(' → ')}]`).join(' ')) ?? [];
  const extras = [preview ? `▣ ${preview.url}` : '', ...under, protect ? 'protected' : ''].filter(Boolean);
  return [`## ${name}`, shown, ...extras, ''].join('\n');
}

/** Every rendering of the table, by name. */
function* table(edition: Edition): Generator<[name: string, message: Message, links: number]> {
  const linksOf = (story: Story, view: View) =>
    (story.withdrawn || story.link.includes('localhost') ? 0 : 1) + (view.signature ? 1 : 0);
  for (const [odd, change] of Object.entries(ODD_STORIES)) {
    const story = storyOf(edition, {
      body: [{ kind: 'paragraph', text: 'Далей — тэкст.' }],
      ...change(edition),
    });
    for (const style of STYLES) {
      const view = viewFor(edition, { style, edited: true });
      yield [`${odd}, ${style}`, renderStory(story, view, locales), linksOf(story, view)];
    }
    yield [
      `${odd}, opened`,
      renderPage(story, 0, viewFor(edition), locales),
      linksOf(story, viewFor(edition)),
    ];
  }
  for (const [odd, change] of Object.entries(ODD_VIEWS))
    for (const style of STYLES) {
      const view = viewFor(edition, { style, ...change });
      const story = storyOf(edition, rich(edition));
      yield [`${odd}, ${style}`, renderStory(story, view, locales), linksOf(story, view)];
    }
  const all = Object.values(ODD_STORIES).map((change, index) =>
    storyOf(edition, { ...change(edition), id: `gallery${100 + index}`, firstSeenAt: NOW - index * 60_000 }),
  );
  for (const kind of KINDS)
    for (const count of [2, 9]) {
      const some = all.slice(0, count);
      const [message] = renderBulletin(some, viewFor(edition), kind, locales);
      if (message) yield [`${kind} of ${count}`, message, count];
    }
}

describe('whatever a story holds and a chat wants, Telegram takes the message', () => {
  it.each(EDITIONS)('every rendering in %s is as it was reviewed', async (edition) => {
    const sketches: string[] = [];
    for (const [name, message, links] of table(edition)) {
      expect(addressesIn(message), name).toHaveLength(links);
      sketches.push(sketch(name, message));
    }
    expect(sketches.length).toBeGreaterThan(130);
    await expect(sketches.join('\n')).toMatchFileSnapshot(`gallery/${edition}.md`);
  });

  it('the local Telegram accepts every rendering, in a private chat and where it belongs', async () => {
    const telegram = await startTelegram();
    try {
      const [person = 0] = telegram.people(1);
      const channel = telegram.channel();
      channel.addBot({ can_post_messages: true });
      for (const edition of EDITIONS)
        for (const [name, message] of table(edition)) {
          const inline = message.buttons?.flat().some((button) => 'inline' in button);
          for (const chat of inline ? [person] : [person, channel.id])
            expect(
              await telegram.handle(telegram.token, 'sendMessage', callFor(chat, message)),
              name,
            ).toMatchObject({ ok: true });
        }
    } finally {
      await telegram.close();
    }
  });

  it.each(EDITIONS)('all odd stories at once fit a bulletin of every kind in %s', (edition) => {
    const all = Object.values(ODD_STORIES).map((change, index) =>
      storyOf(edition, { ...change(edition), id: `gallery${100 + index}` }),
    );
    const linked = all.filter(({ withdrawn, link }) => !withdrawn && !link.includes('localhost'));
    for (const kind of KINDS) {
      const messages = renderBulletin(all, viewFor(edition), kind, locales);
      for (const message of messages) accepted(message);
      if (kind !== 'latest' && kind !== 'search')
        expect(messages.flatMap(addressesIn)).toHaveLength(linked.length);
    }
  });
});
