import type { Update } from 'grammy/types';
import { decode } from './buttons.ts';

/** Whether somebody wants to be forgotten, whatever stands behind the command: that is obeyed however long it takes. */
export function meansForget({ message, channel_post: post, callback_query: press }: Update): boolean {
  if (press) return press.data !== undefined && decode(press.data)?.on === 'forget';
  return /^\/forget(?:@\w+)?(?:\s|$)/i.test((message ?? post)?.text?.trim() ?? '');
}
