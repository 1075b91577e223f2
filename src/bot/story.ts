/** The buttons under a story: read it here, turn its pages, close it; opened, in which language. */
import { messageName } from '../desk/memory/looks.ts';
import { findStory } from '../desk/stories.ts';
import { EDITION_NAMES, EDITIONS } from '../news/edition.ts';
import type { Message } from '../news/message.ts';
import type { Story } from '../news/story.ts';
import { isPlace } from '../news/subscriber.ts';
import { deepLink } from '../render/article.ts';
import { renderPage, renderStory, type View } from '../render/message.ts';
import { answerPress, redraw, sayToPresser } from './answer.ts';
import { viewFor } from './chat-view.ts';
import type { Counter } from './context.ts';
import type { Part } from './parts.ts';
import { button } from './rows.ts';
import { speak } from './subscribe.ts';
import { updatedMark } from './words-shown.ts';

/** Where an opened story stands: which page, and whether its message never was anything else. */
interface Opening {
  readonly page: number;
  readonly alone: boolean;
}

export const storyPart: Part = {
  presses: {
    read: (ctx, { story, page, alone }) => draw(ctx, story, { page, alone }),
    close: (ctx, { story }) => draw(ctx, story),
    speak: async (ctx, { edition, story, page, alone }) => {
      if (await speak(ctx, edition)) await draw(ctx, story, { page, alone });
    },
  },
};

/** Shows a story opened in its message; without `opening`, as it was sent. */
async function draw(ctx: Counter, id: string, opening?: Opening): Promise<void> {
  const { desk, chat, locale } = ctx.here;
  if (isPlace(chat)) return readInPlace(ctx, id);
  const story = await findStory(desk, id);
  if (!story) return answerPress(ctx, locale.text('start-story-gone'));
  const pressed = ctx.callbackQuery?.message;
  const view = { ...viewFor(ctx), edited: pressed !== undefined && updatedMark(desk, pressed) !== '' };
  const message = opening ? opened(ctx, story, opening, view) : renderStory(story, view, desk.locales);
  if (opening) noteOpened(ctx);
  await redraw(ctx, message);
}

/** Corrections of its text reach the message, too, for as long as the story may stand open there. */
function noteOpened({ callbackQuery, here: { desk, subscriber } }: Counter): void {
  const id = callbackQuery?.message?.message_id;
  if (!subscriber || !id) return;
  const name = messageName(subscriber.slot, id);
  desk.memory.looks.opened.set(name, true);
  // It has not the look any more that a correction gave it.
  desk.memory.edited.delete(name);
}

/** A page with the other languages under it: the one place among the news where they stand in nobody's way. */
export function opened(ctx: Counter, story: Story, opening: Opening, view: View): Message {
  const { desk, edition } = ctx.here;
  const message = renderPage(story, opening.page, view, desk.locales, opening);
  if (story.withdrawn) return message;
  const languages = EDITIONS.filter((other) => other !== edition).map((other) =>
    button(EDITION_NAMES[other], { on: 'speak', edition: other, story: story.id, ...opening }),
  );
  const { rich } = message;
  return {
    ...message,
    buttons: [...(message.buttons ?? []), languages],
    ...(rich ? { rich: { ...rich, buttons: [...(rich.buttons ?? []), languages] } } : {}),
  };
}

/**
 * A post belongs to all who see it: who wants to read it gets the whole text for their eyes alone, where Telegram can
 * do that, else a link that opens it in a chat of their own.
 */
export async function readInPlace(ctx: Counter, id: string): Promise<void> {
  const { desk, chat } = ctx.here;
  const story = chat.kind === 'channel' ? undefined : await findStory(desk, id);
  if (story && !story.withdrawn) {
    if (await sayToPresser(ctx, renderPage(story, 0, viewFor(ctx), desk.locales))) return answerPress(ctx);
  }
  await answerPress(ctx, undefined, deepLink(ctx.me.username, id));
}
