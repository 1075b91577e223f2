/**
 * Updates without what nobody reads of them: many may wait for long, and their size would tell what was open when a button was
 * pressed.
 */
import type { Update } from 'grammy/types';
import type { Desk } from '../desk/desk.ts';
import { readPress } from './buttons.ts';
import { readOf } from './words-shown.ts';

/** Parts that nobody reads and that may be long. */
const UNREAD =
  /^(?:rich_message|reply_markup|reply_to_message|external_reply|quote|pinned_message|link_preview_options|caption|caption_entities)$/;
/** Marks of a text that are kept: in a signature the links count. */
const MOST_ENTITIES = 20;

/** The parts of an update that its handlers read. */
export function slim(desk: Desk, update: Update): Update {
  const press = update.callback_query;
  const message = press?.message && readOf(desk, press.message, readPress(press.data ?? ''));
  return JSON.parse(
    JSON.stringify(message ? { ...update, callback_query: { ...press, message } } : update, (name, value) => {
      if (UNREAD.test(name)) return undefined;
      return name === 'entities' && Array.isArray(value) ? value.slice(0, MOST_ENTITIES) : (value as unknown);
    }),
  ) as Update;
}
