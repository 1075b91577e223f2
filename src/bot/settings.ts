/** `/settings`: one message that edits itself; and the commands that change one setting by typing. */
import { changeSettings } from '../desk/chats/subscribe.ts';
import { EDITION_NAMES } from '../news/edition.ts';
import { inRows, type Message } from '../news/message.ts';
import {
  type Change,
  changeFor,
  type ChoiceName,
  fieldCalled,
  type FieldName,
  type FlagName,
  isFlag,
  isForAll,
  isOpen,
  offeredFor,
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
import type { Press } from './buttons.ts';
import { isWord, nameOf, titleOf } from './choices.ts';
import type { Counter } from './context.ts';
import { followingScreen } from './follow.ts';
import { setUpLine, setUpRow, settingsRow } from './set-up-link.ts';
import type { Part } from './parts.ts';
import { button, languageRow, type ButtonRow } from './rows.ts';
import { subscribeFirst } from './subscribe.ts';
import { settingsOf } from './chat-view.ts';

export const settingsPart: Part = {
  commands: {
    settings: async (ctx) => {
      await say(ctx, settingsScreen(ctx));
    },
    ...Object.fromEntries(
      TYPED.map((name) => [name, (ctx: Counter, argument: string) => typed(ctx, name, argument)]),
    ),
  },
  presses: {
    set: onSet,
    done: async (ctx) => {
      await redraw(ctx, line(ctx.here.locale.html('settings-done')));
    },
  },
};

async function changeOwn(ctx: Counter, patch: Change): Promise<void> {
  const { here } = ctx;
  here.subscriber = await changeSettings(here.desk, here.chat, patch, here.edition);
}

/** A command with its argument; bare, it offers buttons. */
async function typed(ctx: Counter, field: TypedName, argument: string): Promise<void> {
  if (argument === '' || !ctx.here.subscribed) {
    await say(ctx, choiceScreen(ctx, field));
    return;
  }
  const patch = changeFor(field, argument);
  if (!patch) {
    const { locale } = ctx.here;
    const rows = isPlace(ctx.here.chat) ? [setUpRow(ctx)] : choiceRows(ctx, field);
    await say(ctx, line(locale.html(`usage-${field}`), rows));
    return;
  }
  await changeOwn(ctx, patch);
  await say(ctx, line(setLine(ctx, field), [settingsRow(ctx), languageRow(ctx.here.edition, 'settings')]));
}

/** What has been set, in one line. */
function setLine(ctx: Counter, field: TypedName): string {
  const { locale } = ctx.here;
  const value = valueOf(field, settingsOf(ctx.here));
  if (value === 'off' && field !== 'timezone' && !isWord(field)) return locale.html(`set-${field}-off`);
  return locale.html(`set-${field}`, { value: nameOf(field, value, locale) });
}

async function onSet(ctx: Counter, press: Extract<Press, { on: 'set' }>): Promise<void> {
  const { locale, subscribed } = ctx.here;
  const field = fieldCalled(press.field);
  const patch = field && isForAll(field) ? changeFor(field, press.value) : undefined;
  if (!field || !patch) return answerPress(ctx, locale.text('toast-stale'));
  if (!subscribed) return redraw(ctx, subscribeFirst(ctx));
  // Nothing changes before who asks has seen that their app can show it.
  if (patch.articles) return offerArticles(ctx);
  // Whoever wants all news wants that of every rubric.
  await changeOwn(ctx, patch.followMode === 'also' ? { ...patch, rubrics: [] } : patch);
  const saved = ctx.here.locale.text('toast-saved');
  await redraw(ctx, await screenAfter(ctx, field), saved);
}

const screenAfter = (ctx: Counter, field: FieldName): Message | Promise<Message> => {
  if (field === 'followMode') return followingScreen(ctx);
  return isFlag(field) ? settingsScreen(ctx) : choiceScreen(ctx, field);
};

/** All that can be set, with its value of now; of a group, the way to its card. */
export function settingsScreen(ctx: Counter): Message {
  const { here } = ctx;
  const { locale } = here;
  if (isPlace(here.chat)) return setUpLine(ctx);
  if (!here.subscribed) return subscribeFirst(ctx);
  const text = [locale.html('settings-title'), '', ...describe(ctx)].join('\n');
  return line(text, menuRows(ctx));
}

/** Each setting and its value, a line each. Telegram HTML. */
export function describe(ctx: Counter): string[] {
  const { here } = ctx;
  const { locale, subscriber } = here;
  const settings = settingsOf(here);
  const fields = FIELDS.filter((name) => name !== 'followMode' && isForAll(name) && isOpen(name, settings));
  const state = subscriber?.state === 'active' ? 'active' : subscriber?.state === 'idle' ? 'idle' : 'paused';
  const named = (name: string, value: string) => `${name}: <b>${value}</b>`;
  return [
    named(locale.html('field-state'), locale.html(`state-${state}`)),
    named(locale.html('field-language'), EDITION_NAMES[here.edition]),
    ...fields.map((field) =>
      named(titleOf(field, locale), escapeHtml(nameOf(field, valueOf(field, settings), locale))),
    ),
    ...followLines(ctx, settings).map(([name, value]) => named(name, value)),
  ];
}

function followLines(ctx: Counter, { follow, followMode, rubrics }: Settings): [string, string][] {
  const { locale } = ctx.here;
  const list = (items: readonly string[]) => items.map(escapeHtml).join(', ');
  const topics =
    follow.length > 0
      ? `${list(follow)} (${escapeHtml(nameOf('followMode', followMode, locale))})`
      : locale.html(rubrics.length > 0 ? 'value-none' : 'value-nothing');
  return [
    [locale.html('field-following'), topics],
    ...(rubrics.length > 0
      ? [
          [locale.html('field-rubrics'), list(rubrics.map((rubric) => locale.written(rubric)))] satisfies [
            string,
            string,
          ],
        ]
      : []),
  ];
}

function menuRows(ctx: Counter): ButtonRow[] {
  const { locale, edition } = ctx.here;
  const settings = settingsOf(ctx.here);
  const to = (field: ChoiceName) => button(titleOf(field, locale), { on: 'go', screen: field });
  const flip = (field: FlagName) => {
    const on = settings[field];
    return button(`${on ? '✓ ' : ''}${titleOf(field, locale)}`, {
      on: 'set',
      field,
      value: on ? 'off' : 'on',
    });
  };
  return [
    [...languageRow(edition, 'settings'), ...(edition === 'be' ? [to('script')] : [])],
    [to('style'), to('sound'), flip('pictures')],
    [to('digest'), to('quiet')],
    [to('urgent')],
    [to('timezone'), button(locale.text('button-following'), { on: 'go', screen: 'following' })],
    [to('keep')],
    [flip('protect'), flip('buttons')],
    [flip('articles'), flip('neutral')],
    [
      button(locale.text('button-unsubscribe'), { on: 'unsubscribe' }),
      button(locale.text('button-forget'), { on: 'go', screen: 'forget' }),
    ],
    [button(locale.text('button-done'), { on: 'done' })],
  ];
}

/** One setting's question with its values; the chosen one carries a mark. Of a group, the way to its card. */
export function choiceScreen(ctx: Counter, field: ChoiceName): Message {
  if (isPlace(ctx.here.chat)) return setUpLine(ctx);
  if (!ctx.here.subscribed) return subscribeFirst(ctx);
  return line(ctx.here.locale.html(`ask-${field}`), choiceRows(ctx, field));
}

function choiceRows(ctx: Counter, field: ChoiceName): ButtonRow[] {
  const { locale, edition } = ctx.here;
  const settings = settingsOf(ctx.here);
  const now = valueOf(field, settings);
  const values = offeredFor(field, settings).map((value) =>
    value === now
      ? // The chosen value may be too long for a button, and it changes nothing.
        button(`✓ ${nameOf(field, value, locale)}`, { on: 'go', screen: field })
      : button(nameOf(field, value, locale), { on: 'set', field, value }),
  );
  const wide = isWord(field) ? 1 : 2;
  const locate = field === 'timezone' ? [[button(locale.text('button-locate'), { on: 'locate' })]] : [];
  return [...inRows(values, wide), ...locate, backRow(ctx), languageRow(edition, field)];
}

const backRow = (ctx: Counter): ButtonRow => [
  button(ctx.here.locale.text('button-back'), { on: 'go', screen: 'settings' }),
];
