/** `/settings`: one message that edits itself; and the commands that change one setting by typing. */
import { EDITION_NAMES } from '../news/edition.ts';
import {
  changeFor,
  type ChoiceName,
  DEFAULT_SETTINGS,
  type Door,
  DOORS,
  FIELDS,
  type Settings,
  TYPED,
  type TypedName,
  valueOf,
} from '../news/settings.ts';
import { isPlace } from '../news/subscriber.ts';
import { escapeHtml } from '../render/html.ts';
import { line, redraw, say } from './answer.ts';
import { isWord, nameOf, settingTitle } from './choices.ts';
import { choiceMenu, doorMenu } from './menus.ts';
import type { Counter } from './context.ts';
import { setUpRow, settingsRow } from './set-up-link.ts';
import type { Part } from './parts.ts';
import { button, languageRow } from './rows.ts';
import { rubricNames } from './rubrics.ts';
import { changeOwn, own, ownMenu, settingsOf } from './chat-view.ts';
import { timerLine } from './timer.ts';

export const settingsPart: Part = {
  commands: {
    settings: async (ctx) => say(ctx, await settingsScreen(ctx)),
    ...Object.fromEntries(
      TYPED.map((name) => [name, (ctx: Counter, argument: string) => typed(ctx, name, argument)]),
    ),
  },
  presses: {
    done: (ctx) => redraw(ctx, line(ctx.here.locale.html('settings-done'))),
    cancel: (ctx) => redraw(ctx, line(ctx.here.locale.html('cancelled'))),
  },
};

/** A command with its argument; bare, it offers buttons. */
async function typed(ctx: Counter, field: TypedName, argument: string): Promise<void> {
  if (argument === '' || !ctx.here.subscribed) return say(ctx, await choiceScreen(ctx, field));
  const patch = changeFor(field, argument);
  if (!patch) {
    const { locale } = ctx.here;
    const rows = isPlace(ctx.here.chat) ? [setUpRow(ctx)] : choiceMenu(own(ctx), field).buttons;
    return say(ctx, line(locale.html(`usage-${field}`), rows));
  }
  await changeOwn(ctx, patch);
  await say(ctx, line(setLine(ctx, field), [settingsRow(ctx), languageRow(ctx.here.edition, 'settings')]));
}

/** The settings in one line. */
function setLine(ctx: Counter, field: TypedName): string {
  const { locale } = ctx.here;
  const value = valueOf(field, settingsOf(ctx.here));
  if (value === 'off' && field !== 'timezone' && !isWord(field)) return locale.html(`set-${field}-off`);
  const named = { value: nameOf(field, value, locale) };
  if (field === 'quiet' && settingsOf(ctx.here).urgent === 'hold')
    return locale.html('set-quiet-held', named);
  return locale.html(`set-${field}`, named);
}

/** The doors to all that can be set. */
export const settingsScreen = (ctx: Counter) =>
  ownMenu(ctx, ({ locale }) => {
    const doors = DOORS.map((door) => button(locale.text(`door-${door}`), { on: 'go', screen: door }));
    return line([locale.html('settings-title'), '', stateLine(ctx), languageLine(ctx)].join('\n'), [
      languageRow(ctx.here.edition, 'settings'),
      ...doors.map((door) => [door]),
      [
        button(locale.text('button-unsubscribe'), { on: 'unsubscribe' }),
        button(locale.text('button-done'), { on: 'done' }),
      ],
    ]);
  });

export const doorScreen = (ctx: Counter, door: Door) => ownMenu(ctx, (target) => doorMenu(target, door));

/** One setting's question with its values. */
export const choiceScreen = (ctx: Counter, field: ChoiceName) =>
  ownMenu(ctx, async (target) => choiceMenu(target, field, field === 'keep' ? await timerLine(ctx) : ''));

const named = (name: string, value: string): string => `${name}: <b>${value}</b>`;

function stateLine({ here: { locale, subscriber } }: Counter): string {
  const state = subscriber?.state === 'active' ? 'active' : subscriber?.state === 'idle' ? 'idle' : 'paused';
  return named(locale.html('field-state'), locale.html(`state-${state}`));
}

const languageLine = ({ here: { locale, edition } }: Counter): string =>
  named(locale.html('field-language'), EDITION_NAMES[edition]);

/** Everything that somebody has set in the chat, a line each; all else is as at the start. Telegram HTML. */
export function describe(ctx: Counter): string[] {
  const { locale } = ctx.here;
  const settings = ctx.here.subscriber?.settings ?? settingsOf(ctx.here);
  const usual = { ...DEFAULT_SETTINGS, edition: settings.edition };
  const changed = FIELDS.filter((name) => {
    if (name === 'followMode') return false;
    // The choice that everything stays is written as if nobody had chosen.
    if (name === 'keep') return settings.keep !== undefined;
    return valueOf(name, settings) !== valueOf(name, usual);
  });
  return [
    stateLine(ctx),
    languageLine(ctx),
    ...changed.map((field) =>
      named(settingTitle(field, locale), escapeHtml(nameOf(field, valueOf(field, settings), locale))),
    ),
    ...followLines(ctx, settings),
    ...(settings.signature ? [named(locale.html('field-signature'), signed(settings.signature))] : []),
  ];
}

const signed = ({ text, link }: NonNullable<Settings['signature']>): string =>
  [text, link]
    .filter((part) => part !== undefined)
    .map(escapeHtml)
    .join(' · ');

function followLines({ here: { locale } }: Counter, { follow, followMode, rubrics }: Settings): string[] {
  const list = (items: readonly string[]) => items.map(escapeHtml).join(', ');
  const mode = escapeHtml(nameOf('followMode', followMode, locale));
  const followed = follow.length > 0 ? `${list(follow)} (${mode})` : mode;
  const isSet = follow.length > 0 || followMode !== DEFAULT_SETTINGS.followMode;
  const chosen = rubricNames(rubrics, []).map((name) => locale.written(name));
  return [
    ...(isSet ? [named(locale.html('field-following'), followed)] : []),
    ...(chosen.length > 0 ? [named(locale.html('field-rubrics'), list(chosen))] : []),
  ];
}
