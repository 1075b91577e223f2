/**
 * Checks an update for what is read of it before anybody can be told that it failed. Telegram writes no other; somebody on the
 * way may, and by polling it would come again for ever.
 */
import type { Update } from 'grammy/types';
import { ALLOWED_UPDATES } from './inbox.ts';

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const isText = (value: unknown): boolean => value === undefined || typeof value === 'string';
const isPerson = (value: unknown): boolean => isObject(value) && Number.isSafeInteger(value['id']);
const isChat = (value: unknown): boolean => isPerson(value) && typeof (value as Fields)['type'] === 'string';
const isMembership = (value: unknown): boolean => isObject(value) && typeof value['status'] === 'string';

const isMessage = (value: unknown): boolean =>
  isObject(value) &&
  isChat(value['chat']) &&
  Number.isSafeInteger(value['message_id']) &&
  isText(value['text']) &&
  (value['entities'] === undefined ||
    (Array.isArray(value['entities']) && value['entities'].every(isObject)));

const CHECKS: Readonly<Record<(typeof ALLOWED_UPDATES)[number], (value: Fields) => boolean>> = {
  message: isMessage,
  channel_post: isMessage,
  callback_query: ({ from, data, message }) =>
    isPerson(from) && isText(data) && (message === undefined || isMessage(message)),
  inline_query: ({ from }) => isPerson(from),
  my_chat_member: ({ chat, old_chat_member: before, new_chat_member: after }) =>
    isChat(chat) && isMembership(before) && isMembership(after),
};

export function isWellFormed(update: Update): boolean {
  return ALLOWED_UPDATES.every((kind) => {
    const value: unknown = update[kind];
    return value === undefined || (isObject(value) && CHECKS[kind](value));
  });
}
