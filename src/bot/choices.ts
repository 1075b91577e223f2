/** How the values of settings are called in messages, and the buttons that show and change them. */
import { zoneName } from '../news/cities.ts';
import type { Button } from '../news/message.ts';
import {
  type Called,
  called,
  type ChoiceName,
  type FieldName,
  type FlagName,
  isFlag,
  offeredFor,
  SETTINGS,
  type Settings,
  valueOf,
} from '../news/settings.ts';
import type { Locale } from '../render/locale.ts';
import { type ButtonRow, packed } from './rows.ts';

/** Fields that are one of a few words. */
type WordName = { [N in FieldName]: (typeof SETTINGS)[N]['form'] extends 'choice' ? N : never }[FieldName];

/** The key of every such word and of both sides of a flag: a value without its words does not compile. */
type WordKey =
  | { [N in WordName]: `value-${Called<N>}-${(typeof SETTINGS)[N]['usual']}` }[WordName]
  | `value-${FlagName}-${'on' | 'off'}`;

export const isWord = (name: FieldName): name is WordName => SETTINGS[name].form === 'choice';

/** How a value is called. */
export function nameOf(name: FieldName, value: string, locale: Locale): string {
  const { form } = SETTINGS[name];
  // The table's own values, of which each has its words.
  if (form === 'choice' || form === 'flag') return locale.text(`value-${called(name)}-${value}` as WordKey);
  if (value === 'off') return locale.text('value-none');
  switch (form) {
    case 'hours':
      return value.split(',').map(withColon).join(', ');
    case 'span':
      return value.split('-').map(withColon).join('–');
    case 'zone':
      return locale.written(zoneName(value, locale.edition));
    case 'duration':
      return locale.text('value-keep-hours', { hours: Number(value) });
  }
}

const withColon = (hour: string): string => hour.replace(/^(\d\d)(\d\d)$/, '$1:$2');

/** The label on a button of its own, which begins with a capital. */
function buttonName(name: FieldName, value: string, locale: Locale): string {
  const said = nameOf(name, value, locale);
  return said.charAt(0).toUpperCase() + said.slice(1);
}

/** How a setting is called. */
export const settingTitle = (name: FieldName, locale: Locale): string =>
  locale.text(name === 'followMode' ? 'field-following' : `field-${name}`);

/** A setting with its value, as one button says it. */
export const labelOf = (name: FieldName, value: string, locale: Locale): string =>
  `${settingTitle(name, locale)}: ${value}`;

/** Buttons of one kind of chat. */
interface Maker {
  /** Sets a field to a value. */
  readonly set: (label: string, field: FieldName, value: string) => Button;
  /** Asks which value a field is to have. */
  readonly ask: (label: string, field: ChoiceName) => Button;
}

/** Each field a button with its value; a press flips it or asks for another. */
export const fieldButtons = (
  fields: readonly (FlagName | ChoiceName)[],
  settings: Settings,
  locale: Locale,
  { set, ask }: Maker,
): Button[] =>
  fields.map((field) => {
    const label = labelOf(field, nameOf(field, valueOf(field, settings), locale), locale);
    return isFlag(field) ? set(label, field, settings[field] ? 'off' : 'on') : ask(label, field);
  });

/** The values of a field; the chosen one carries a mark. */
export function valueRows(
  field: ChoiceName,
  settings: Settings,
  locale: Locale,
  { set, ask }: Maker,
): ButtonRow[] {
  const now = valueOf(field, settings);
  const values = offeredFor(field, settings).map((value) => {
    const name = buttonName(field, value, locale);
    // The chosen value may be too long for a button, and it changes nothing.
    return value === now ? ask(`✓ ${name}`, field) : set(name, field, value);
  });
  return isWord(field) ? values.map((value) => [value]) : packed(values);
}
