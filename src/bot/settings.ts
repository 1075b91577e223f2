/** `/settings`: one message that edits itself; and the commands that change one setting by typing. */
import { EDITION_NAMES } from '../news/edition.ts';
import type { Button, Message } from '../news/message.ts';
import {
  behind,
  changeFor,
  type ChoiceName,
  DEFAULT_SETTINGS,
  type Door,
  doorOf,
  DOORS,
  fieldCalled,
  type FieldName,
  isFlag,
  isForAll,
  FIELDS,
  type Settings,
  TYPED,
  type TypedName,
  valueOf,
} from '../news/settings.ts';
import { isPlace } from '../news/subscriber.ts';
import { escapeHtml } from '../render/html.ts';
import { answerPress, line, redraw, say } from './answer.ts';
import { offerArticles } from './articles.ts';
import type { Press, Screen } from './buttons.ts';
import { fieldButtons, isWord, nameOf, settingTitle, valueRows } from './choices.ts';
import type { Counter } from './context.ts';
import { followingScreen } from './follow.ts';
import { setUpLine, setUpRow, settingsRow } from './set-up-link.ts';
import type { Part } from './parts.ts';
import { button, type ButtonRow, languageRow, packed } from './rows.ts';
import { rubricNames } from './rubrics.ts';
import { subscribeFirst } from './subscribe.ts';
import { changeOwn, settingsOf } from './chat-view.ts';
import { timerLine } from './timer.ts';

export const settingsPart: Part = {
  commands: {
    settings: (ctx) => say(ctx, settingsScreen(ctx)),
    ...Object.fromEntries(
      TYPED.map((name) => [name, (ctx: Counter, argument: string) => typed(ctx, name, argument)]),
    ),
  },
  presses: {
    set: onSet,
    done: async (ctx) => {
      await redraw(ctx, line(ctx.here.locale.html('settings-done')));
    },
    cancel: async (ctx) => {
      await redraw(ctx, line(ctx.here.locale.html('cancelled')));
    },
  },
};

/** A command with its argument; bare, it offers buttons. */
async function typed(ctx: Counter, field: TypedName, argument: string): Promise<void> {
  if (argument === '' || !ctx.here.subscribed) return say(ctx, await choiceScreen(ctx, field));
  const patch = changeFor(field, argument);
  if (!patch) {
    const { locale } = ctx.here;
    const rows = isPlace(ctx.here.chat) ? [setUpRow(ctx)] : choiceRows(ctx, field);
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

async function onSet(ctx: Counter, press: Extract<Press, { on: 'set' }>): Promise<void> {
  const { locale, subscribed } = ctx.here;
  const field = fieldCalled(press.field);
  const patch = field && isForAll(field) ? changeFor(field, press.value) : undefined;
  if (!field || !patch) return answerPress(ctx, locale.text('toast-stale'));
  if (!subscribed) return redraw(ctx, subscribeFirst(ctx));
  // Nothing changes before who asks has seen that their app can show it.
  if (patch.articles) return offerArticles(ctx);
  // All news includes that of every rubric.
  await changeOwn(ctx, patch.followMode === 'also' ? { ...patch, rubrics: [] } : patch);
  const saved = ctx.here.locale.text('toast-saved');
  await redraw(ctx, await screenAfter(ctx, field), saved);
}

const screenAfter = (ctx: Counter, field: FieldName): Message | Promise<Message> => {
  if (field === 'followMode') return followingScreen(ctx);
  return isFlag(field) ? doorScreen(ctx, doorOf(field)) : choiceScreen(ctx, field);
};

/** The doors to all that can be set; of a group, the way to its card. */
export function settingsScreen(ctx: Counter): Message {
  const { here } = ctx;
  const { locale, edition } = here;
  if (isPlace(here.chat)) return setUpLine(ctx);
  if (!here.subscribed) return subscribeFirst(ctx);
  const doors = DOORS.map((door) => button(locale.text(`door-${door}`), { on: 'go', screen: door }));
  return line([locale.html('settings-title'), '', stateLine(ctx), languageLine(ctx)].join('\n'), [
    languageRow(edition, 'settings'),
    ...doors.map((door) => [door]),
    [
      button(locale.text('button-unsubscribe'), { on: 'unsubscribe' }),
      button(locale.text('button-done'), { on: 'done' }),
    ],
  ]);
}

const MAKER = {
  set: (label: string, field: FieldName, value: string) => button(label, { on: 'set', field, value }),
  ask: (label: string, field: ChoiceName) => button(label, { on: 'go', screen: field }),
};

/** The screen behind one door, each setting a button with its value; a press flips it or asks for another. */
export function doorScreen(ctx: Counter, door: Door): Message {
  const { here } = ctx;
  const { locale } = here;
  if (isPlace(here.chat)) return setUpLine(ctx);
  if (!here.subscribed) return subscribeFirst(ctx);
  const settings = settingsOf(here);
  const buttons = fieldButtons(behind(door, settings).filter(isForAll), settings, locale, MAKER);
  return line(`<b>${locale.html(`door-${door}`)}</b>`, [
    ...packed([...buttons, ...besides(ctx, door)]),
    backRow(ctx, 'settings'),
    languageRow(here.edition, door),
  ]);
}

/** Rows behind a door that are no single value. */
function besides(ctx: Counter, door: Door): Button[] {
  const { locale } = ctx.here;
  const { follow, rubrics } = settingsOf(ctx.here);
  const count = follow.length + rubrics.length;
  if (door === 'comes') {
    const chosen = count === 0 ? locale.text('value-nothing') : String(count);
    return [button(locale.text('button-chosen', { chosen }), { on: 'go', screen: 'following' })];
  }
  if (door !== 'safety') return [];
  return [
    button(locale.text('button-privacy'), { on: 'go', screen: 'privacy' }),
    button(locale.text('button-forget'), { on: 'go', screen: 'forget' }),
  ];
}

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
  return [
    ...(isSet ? [named(locale.html('field-following'), followed)] : []),
    ...(rubrics.length > 0
      ? [
          named(
            locale.html('field-rubrics'),
            list(rubricNames(rubrics, []).map((name) => locale.written(name))),
          ),
        ]
      : []),
  ];
}

/** One setting's question with its values; the chosen one carries a mark. Of a group, the way to its card. */
export async function choiceScreen(ctx: Counter, field: ChoiceName): Promise<Message> {
  if (isPlace(ctx.here.chat)) return setUpLine(ctx);
  if (!ctx.here.subscribed) return subscribeFirst(ctx);
  const besides = field === 'keep' ? await timerLine(ctx) : '';
  const asked = [ctx.here.locale.html(`ask-${field}`), besides].filter(Boolean);
  return line(asked.join('\n\n'), choiceRows(ctx, field));
}

function choiceRows(ctx: Counter, field: ChoiceName): ButtonRow[] {
  const { locale, edition } = ctx.here;
  const locate = field === 'timezone' ? [[button(locale.text('button-locate'), { on: 'locate' })]] : [];
  const rows = valueRows(field, settingsOf(ctx.here), locale, MAKER);
  return [...rows, ...locate, backRow(ctx, doorOf(field)), languageRow(edition, field)];
}

const backRow = (ctx: Counter, screen: Screen): ButtonRow => [
  button(ctx.here.locale.text('button-back'), { on: 'go', screen }),
];
