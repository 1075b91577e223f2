/** Typed commands: their form and their list. */
import type { Message } from 'grammy/types';
import { TYPED } from '../news/settings.ts';

export interface Command {
  /** Lower case, without slash and `@name`. */
  readonly name: string;
  /** Everything after it, trimmed; may hold line breaks. */
  readonly argument: string;
  /** `us`: carries our name; `anyone`: carries none; `other`: names another bot, so it is not ours to answer. */
  readonly to: 'us' | 'anyone' | 'other';
}

/** The commands that everybody sees, in the order of Telegram's menu and of `/help`. */
export const READER_COMMANDS = [
  'start',
  'latest',
  'search',
  'subscribe',
  'unsubscribe',
  'language',
  'settings',
  'follow',
  'unfollow',
  'following',
  ...TYPED,
  'articles',
  'channels',
  'privacy',
  'forget',
  'help',
] as const;

export type ReaderCommand = (typeof READER_COMMANDS)[number];

/** Only for the chats of `ADMIN_IDS`. */
export const OPERATOR_COMMANDS = [
  'stats',
  'health',
  'announce',
  'urgent',
  'withdraw',
  'pause',
  'resume',
  'why',
] as const;

export type OperatorCommand = (typeof OPERATOR_COMMANDS)[number];

/** Commands that change something, so they make sense as a post in a channel, where nothing is ever answered. */
export const CHANNEL_COMMANDS: ReadonlySet<string> = new Set<ReaderCommand>([
  'subscribe',
  'unsubscribe',
  'language',
  'follow',
  'unfollow',
  ...TYPED,
  'forget',
]);

const KNOWN: ReadonlySet<string> = new Set<string>([...READER_COMMANDS, ...OPERATOR_COMMANDS]);

export const isKnownCommand = (name: string): boolean => KNOWN.has(name);

/** The words in which its sender may mean a command: none of what others wrote, forwarded or brought in by another bot. */
export const ownWords = (message: Message | undefined): string =>
  message === undefined || message.forward_origin || message.via_bot ? '' : (message.text ?? '').trim();

/** Reads `/name@bot words` at the start of a message; undefined: not a command. `username` is ours, in any case. */
export function readCommand(text: string, username: string): Command | undefined {
  const match = /^\/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]+))?(?:\s+([\s\S]*))?$/.exec(text.trim());
  if (!match?.[1]) return undefined;
  const mention = match[2]?.toLowerCase();
  return {
    name: match[1].toLowerCase(),
    argument: (match[3] ?? '').trim(),
    to: mention === undefined ? 'anyone' : mention === username.toLowerCase() ? 'us' : 'other',
  };
}
