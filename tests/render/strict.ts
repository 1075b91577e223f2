/** A message as the strict local Telegram reads it: what it would refuse fails the test. */
import { expect } from 'vitest';
import type { Button, Message } from '#src/news/message.ts';
import { parseHtml } from '#sandbox/telegram/html.ts';
import { checkedLink } from '#sandbox/telegram/links.ts';
import { codePoints, entityBytes, type Finished, finishText } from '#sandbox/telegram/text.ts';

/** The part of `message` that a reader sees; fails where Telegram would refuse it or drop a part of it silently. */
export function accepted(message: Message): Finished {
  expect(Buffer.byteLength(message.text)).toBeLessThanOrEqual(32_768);
  expect(message.text.isWellFormed()).toBe(true);
  const parsed = parseHtml(message.text);
  if (!parsed.ok) return expect.fail(parsed.error);
  // Every written link must have become one, and nothing else may be dropped on the way.
  const written = message.text.match(/<a /g)?.length ?? 0;
  expect(parsed.entities.filter(({ type }) => type === 'text_link')).toHaveLength(written);
  const finished = finishText(parsed.text, parsed.entities);
  if (!finished) return expect.fail('nothing visible is left');
  expect(finished.entities.filter(({ type }) => type === 'text_link')).toHaveLength(written);
  expect(finished.entities.length).toBeLessThan(100);
  expect(entityBytes(finished.entities)).toBeLessThan(9500);
  expect(codePoints(finished.text)).toBeLessThanOrEqual(4096);
  if (message.preview) expect(checkedLink(message.preview.url).ok).toBe(true);
  for (const button of message.buttons?.flat() ?? []) checkButton(button);
  return finished;
}

function checkButton(button: Button): void {
  expect(button.text.trim()).not.toBe('');
  if ('url' in button) expect(checkedLink(button.url).ok).toBe(true);
  if ('press' in button) expect(Buffer.byteLength(button.press)).toBeLessThanOrEqual(64);
  if ('inline' in button) expect(button.inline.length).toBeLessThanOrEqual(256);
}

/** `message` as parameters of sendMessage, in the plainest way. */
export const callFor = (
  chatId: number,
  { text, preview, buttons, protect }: Message,
): Record<string, unknown> => ({
  chat_id: chatId,
  text,
  parse_mode: 'HTML',
  link_preview_options: preview
    ? { url: preview.url, prefer_large_media: preview.large, show_above_text: preview.above }
    : { is_disabled: true },
  ...(protect ? { protect_content: true } : {}),
  ...(buttons ? { reply_markup: { inline_keyboard: buttons.map((row) => row.map(wireButton)) } } : {}),
});

function wireButton(button: Button): Record<string, unknown> {
  const { text } = button;
  if ('press' in button) return { text, callback_data: button.press };
  if ('url' in button) return { text, url: button.url };
  if ('disabled' in button) return { text, disabled: {} };
  return { text, switch_inline_query: button.inline };
}

/** The addresses that a reader can reach from `message`. */
export const addressesIn = (message: Message): string[] =>
  accepted(message).entities.flatMap(({ url }) => (url === undefined ? [] : [url]));
