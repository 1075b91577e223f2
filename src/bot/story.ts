/** The buttons under a story: read it here, turn its pages, close it; opened, in which language. */
import { findStory } from '../desk/stories.ts';
import { EDITION_NAMES, EDITIONS } from '../news/edition.ts';
import type { Message } from '../news/message.ts';
import type { Story } from '../news/story.ts';
import { isPlace } from '../news/subscriber.ts';
import { renderPage, renderStory, type View } from '../render/message.ts';
import { answerPress, redraw, unlessGone } from './answer.ts';
import type { Counter } from './context.ts';
import type { Part } from './parts.ts';
import { button } from './rows.ts';
import { speak } from './subscribe.ts';
import { viewFor } from './chat-view.ts';

export const storyPart: Part = {
  presses: {
    read: (ctx, { story, page }) => drawStory(ctx, story, page),
    close: (ctx, { story }) => drawStory(ctx, story),
    speak: async (ctx, { edition, story, page }) => {
      await speak(ctx, edition);
      await drawStory(ctx, story, page);
    },
  },
};

/** Shows page `page` of a story in its message; without a page, the story as it was sent. */
async function drawStory(ctx: Counter, id: string, page?: number): Promise<void> {
  const { desk, chat, locale } = ctx.here;
  // A post belongs to all who see it: who wants to read it here is led to a chat of their own.
  if (isPlace(chat)) return leadHome(ctx, id);
  const story = await findStory(desk, id);
  if (!story) return answerPress(ctx, locale.text('start-story-gone'));
  const view = { ...viewFor(ctx), edited: saysUpdated(ctx) };
  const message =
    page === undefined ? renderStory(story, view, desk.locales) : opened(ctx, story, page, view);
  await redraw(ctx, message);
}

/** A page with the other languages under it: the one place among the news where they stand in nobody's way. */
export function opened(ctx: Counter, story: Story, page: number, view: View): Message {
  const { desk, edition } = ctx.here;
  const message = renderPage(story, page, view, desk.locales);
  if (story.withdrawn) return message;
  const languages = EDITIONS.filter((other) => other !== edition).map((other) =>
    button(EDITION_NAMES[other], { on: 'speak', edition: other, story: story.id, page }),
  );
  return { ...message, buttons: [...(message.buttons ?? []), languages] };
}

/** Whether the message carries the mark of a correction, which it keeps for as long as it stands. */
function saysUpdated(ctx: Counter): boolean {
  const pressed = ctx.callbackQuery?.message;
  const text = pressed && 'text' in pressed ? (pressed.text ?? '') : '';
  return EDITIONS.some((edition) =>
    (['cyrillic', 'lacinka'] as const).some((script) =>
      text.includes(` · ${ctx.here.desk.locales.for(edition, script).text('story-updated')}`),
    ),
  );
}

/** Answers the press with a link that opens the story in the presser's own chat with the bot. */
async function leadHome(ctx: Counter, story: string): Promise<void> {
  ctx.here.answered = true;
  const url = `https://t.me/${ctx.me.username}?start=s_${story}`;
  await unlessGone(ctx.answerCallbackQuery({ url }));
}
