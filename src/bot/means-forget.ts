import type { Update } from 'grammy/types';
import { decode } from './buttons.ts';

/** Whether somebody wants to be forgotten: that is obeyed however long it takes. */
export function meansForget({ message, channel_post: post, callback_query: press }: Update): boolean {
  if (press) return press.data !== undefined && decode(press.data)?.on === 'forget';
  return /^\/forget(?:@\w+)?$/i.test((message ?? post)?.text?.trim() ?? '');
}
