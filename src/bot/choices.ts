/** How settings and their values are called in messages. */
import { zoneName } from '../news/cities.ts';
import { type Called, called, type FieldName, type FlagName, SETTINGS } from '../news/settings.ts';
import type { Locale } from '../render/locale.ts';

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

/** How a setting is called. */
export const settingTitle = (name: FieldName, locale: Locale): string =>
  locale.text(name === 'followMode' ? 'field-following' : `field-${name}`);
