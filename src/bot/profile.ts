/** How the bot introduces itself in Telegram: menus of commands and descriptions, in each language. */
import type { Desk } from '../desk/desk.ts';
import { type Introduction, introduce } from '../desk/operator/introduce.ts';
import { EDITIONS } from '../news/edition.ts';
import { READER_COMMANDS } from './commands.ts';

/**
 * Brings Telegram's texts about the bot up to date; only what changed since the last time is sent. Start-up does not
 * wait for it, and it never rejects: Telegram asks for minutes of patience with these calls.
 */
export async function introduceBot(desk: Desk, signal: AbortSignal): Promise<void> {
  try {
    await introduce(desk, introductions(desk), signal);
  } catch (err) {
    desk.log.warn({ err }, 'the menus and descriptions could not be brought up to date');
  }
}

/** English is the fallback where Telegram's language is none of ours. */
const LANGUAGES = [...EDITIONS.map((edition) => [edition, edition] as const), ['en', ''] as const];

function introductions(desk: Desk): Introduction[] {
  return LANGUAGES.flatMap(([edition, code]) => {
    const locale = desk.locales.for(edition);
    const language = code === '' ? {} : { language_code: code };
    const commands = READER_COMMANDS.map((command) => ({
      command,
      description: locale.text(`command-${command}`),
    }));
    const about = (method: string, params: object): Introduction => ({
      name: `${method}:${code}`,
      method,
      params: { ...params, ...language },
    });
    return [
      about('setMyCommands', { commands }),
      about('setMyDescription', { description: locale.text('about-long') }),
      about('setMyShortDescription', { short_description: locale.text('about-short') }),
    ];
  });
}
