/** Menus that set up a chat, and what is pressed in them: for a person's own chat and on a place's card alike. */
import { isNarrow } from '../news/audience.ts';
import type { Button, Message } from '../news/message.ts';
import {
  behind,
  type Change,
  changeFor,
  type ChoiceName,
  type Door,
  doorOf,
  fieldCalled,
  type FlagName,
  isFlag,
  isForAll,
  offeredFor,
  type Settings,
  valueOf,
} from '../news/settings.ts';
import { foreignHtml } from '../render/html.ts';
import { answerPress, line, redraw } from './answer.ts';
import { type Press, type Screen, wordsHash } from './buttons.ts';
import { isWord, nameOf, settingTitle } from './choices.ts';
import type { Counter } from './context.ts';
import { offerArticles } from './offer-articles.ts';
import { type ButtonRow, languageRow, packed } from './rows.ts';
import { rubricNames, rubricsIn, toggledRubric } from './rubrics.ts';
import type { Target } from './target.ts';

/** The screen behind one door, each setting a button with its value; a press flips it or asks for another. */
export function doorMenu(target: Target, door: Door): Message {
  const { byCard, locale, subscriber } = target;
  const fields = behind(door, subscriber.settings).filter((field) => byCard || isForAll(field));
  const buttons = fields.map((field) => fieldButton(target, field));
  return line(`<b>${locale.html(`door-${door}`)}</b>`, [
    ...packed([...buttons, ...target.besides(door)]),
    ...foot(target, door, 'settings'),
  ]);
}

/** A setting with its value. */
export function fieldButton(target: Target, field: FlagName | ChoiceName): Button {
  const { locale, subscriber } = target;
  const { settings } = subscriber;
  const label = `${settingTitle(field, locale)}: ${nameOf(field, valueOf(field, settings), locale)}`;
  return isFlag(field)
    ? target.button(label, { on: 'set', field, value: settings[field] ? 'off' : 'on' })
    : target.button(label, { on: 'go', screen: field });
}

/** One setting's question with its values; `note` stands under the question. */
export function choiceMenu(target: Target, field: ChoiceName, note = ''): Message {
  const asked = [target.locale.html(target.byCard ? cardQuestion(field) : `ask-${field}`), note];
  return line(asked.filter(Boolean).join('\n\n'), [
    ...valueRows(target, field),
    ...target.besides(field).map((other) => [other]),
    ...foot(target, field, doorOf(field)),
  ]);
}

const cardQuestion = (field: ChoiceName) =>
  field === 'digest' || field === 'quiet' || field === 'timezone' || field === 'urgent' || field === 'keep'
    ? (`card-ask-${field}` as const)
    : (`ask-${field}` as const);

/** The values of a field; the chosen one carries a mark. */
function valueRows(target: Target, field: ChoiceName): ButtonRow[] {
  const { settings } = target.subscriber;
  const now = valueOf(field, settings);
  const values = offeredFor(field, settings).map((value) => {
    const said = nameOf(field, value, target.locale);
    const name = said.charAt(0).toUpperCase() + said.slice(1);
    // The chosen value may be too long for a button, and it changes nothing.
    return value === now
      ? target.button(`✓ ${name}`, { on: 'go', screen: field })
      : target.button(name, { on: 'set', field, value });
  });
  return isWord(field) ? values.map((value) => [value]) : packed(values);
}

export const backRow = ({ button, locale }: Target, screen: Screen): ButtonRow => [
  button(locale.text('button-back'), { on: 'go', screen }),
];

/** The way back, and for a person to the other languages. */
const foot = (target: Target, menu: Door | ChoiceName, back: Screen): ButtonRow[] => [
  backRow(target, back),
  target.byCard ? [] : languageRow(target.subscriber.settings.edition, menu),
];

export const topicRows = (target: Target): ButtonRow[] =>
  target.subscriber.settings.follow.map((topic) => [
    target.button(`✕ ${topic}`, { on: 'unfollow', hash: wordsHash(topic) }),
  ]);

/** Rubrics that are chosen, and others among those that the newsroom uses (`known`). */
export function rubricRows({ button, locale, subscriber }: Target, known: readonly string[]): ButtonRow[] {
  const { rubrics } = subscriber.settings;
  const others = known.filter((name) => !rubrics.includes(name.toLowerCase()));
  const marked = (mark: string) => (name: string) =>
    button(`${mark}${locale.written(name)}`, { on: 'rubric', hash: wordsHash(name.toLowerCase()) });
  return packed([...rubricNames(rubrics, known).map(marked('✓ ')), ...others.map(marked(''))]);
}

/** Which sentence is true of what a chat has chosen. */
function ruleOf({ follow, followMode, rubrics }: Settings) {
  if (follow.length === 0) return rubrics.length > 0 ? 'rubrics' : 'all';
  if (followMode === 'also') return rubrics.length > 0 ? 'rubrics-first' : 'all-first';
  return rubrics.length > 0 ? 'either' : 'topics';
}

/** States the whole selection: which news, all topics (a card has them as buttons), all rubrics, and what urgent news does. */
export function whatHolds({ byCard, locale, subscriber }: Target, known: readonly string[]): string[] {
  const { settings } = subscriber;
  const { follow, rubrics, urgentPasses } = settings;
  const rule = ruleOf(settings);
  const list = (title: string, items: readonly string[]) =>
    items.length > 0 ? [`${title}: ${items.map(foreignHtml).join(', ')}`] : [];
  const named = rubricNames(rubrics, known).map((rubric) => locale.written(rubric));
  const urgent = byCard
    ? (`card-urgent-${urgentPasses}` as const)
    : (`holds-urgent-${urgentPasses}` as const);
  return [
    locale.html(byCard ? `card-holds-${rule}` : `holds-${rule}`),
    ...(byCard ? [] : list(locale.html('field-following'), follow)),
    ...list(locale.html('field-rubrics'), named),
    ...(isNarrow(settings) ? [locale.html(urgent)] : []),
  ];
}

/** Stores a change and draws a screen with it. */
export async function save(ctx: Counter, target: Target, patch: Change, draw: Draw): Promise<void> {
  const changed = await target.change(patch);
  await redraw(ctx, await draw(changed), changed.locale.text('toast-saved'));
}

type Draw = (changed: Target) => Message | Promise<Message>;

/** `draw`: the screen on which the setting stands. */
export async function onSet(
  ctx: Counter,
  target: Target,
  press: Pick<Extract<Press, { on: 'set' }>, 'field' | 'value'>,
  draw: (screen: Screen, changed: Target) => ReturnType<Draw>,
): Promise<void> {
  const field = fieldCalled(press.field);
  const isOffered = field && (target.byCard ? field !== 'followMode' : isForAll(field));
  const patch = isOffered ? changeFor(field, press.value) : undefined;
  if (!field || !patch) return answerPress(ctx, target.locale.text('toast-stale'));
  // Nothing changes before who asks has seen that their app can show it.
  if (patch.articles) return offerArticles(ctx, target);
  // All news includes that of every rubric.
  const whole = patch.followMode === 'also' ? { ...patch, rubrics: [] } : patch;
  const screen = isFlag(field) ? doorOf(field) : field === 'followMode' ? 'following' : field;
  return save(ctx, target, whole, (changed) => draw(screen, changed));
}

export function onDrop(ctx: Counter, target: Target, hash: string, draw: Draw): Promise<void> {
  const follow = target.subscriber.settings.follow.filter((topic) => wordsHash(topic) !== hash);
  return save(ctx, target, { follow }, draw);
}

export async function onRubric(
  ctx: Counter,
  target: Target,
  hash: string,
  draw: (changed: Target, known: readonly string[]) => ReturnType<Draw>,
): Promise<void> {
  const { edition, rubrics } = target.subscriber.settings;
  const known = await rubricsIn(ctx.here.desk, edition);
  const chosen = toggledRubric(rubrics, known, hash);
  if (!chosen) return answerPress(ctx, target.locale.text('toast-stale'));
  return save(ctx, target, { rubrics: chosen }, (changed) => draw(changed, known));
}
