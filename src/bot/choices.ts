/** What can be set by buttons: each field's values, how they are called, and what they change. */
import type { Settings } from '../news/subscriber.ts';
import type { Locale } from '../render/locale.ts';
import { COMMON_ZONES, findZone, zoneName } from './cities.ts';
import { readHours, readSpan } from './typed-hours.ts';

/** A change of settings; `quiet: undefined` ends the quiet hours. */
export type Change = Partial<Omit<Settings, 'quiet'>> & { readonly quiet?: Settings['quiet'] | undefined };

/** Fields with two values, which their button flips. */
export const SWITCHES = ['pictures', 'protect', 'neutral', 'buttons'] as const;

/** Fields with a screen of their own. */
export const CHOICES = ['script', 'style', 'sound', 'urgent', 'digest', 'quiet', 'timezone', 'keep'] as const;

export type Switch = (typeof SWITCHES)[number];
export type Choice = (typeof CHOICES)[number];
export type Field = Switch | Choice | 'mode';

export const isSwitch = (field: Field): field is Switch => SWITCHES.some((name) => name === field);

export const isField = (value: string): value is Field =>
  value === 'mode' || [...SWITCHES, ...CHOICES].some((field) => field === value);

/** Values offered by buttons, as callback data writes them: hours without colon, digest hours joined by a comma. */
const OFFERED: Readonly<Record<Choice, readonly string[]>> = {
  script: ['cyrillic', 'lacinka'],
  style: ['headline', 'summary', 'full'],
  sound: ['always', 'day', 'never'],
  urgent: ['silent', 'hold'],
  digest: ['0800', '2000', '0800,2000', '0800,1300,2000', 'off'],
  quiet: ['2200-0700', '2300-0700', '2300-0800', '0000-0600', 'off'],
  timezone: COMMON_ZONES,
  keep: ['1', '3', '6', '12', '24', '47', 'off'],
};

/** What stands behind `field` in a chat's settings, as callback data writes it. */
export function valueOf(field: Field, settings: Settings): string {
  switch (field) {
    case 'mode':
      return settings.followMode;
    case 'digest':
      return settings.digest.join(',').replaceAll(':', '') || 'off';
    case 'quiet':
      return settings.quiet ? `${settings.quiet.from}-${settings.quiet.to}`.replaceAll(':', '') : 'off';
    case 'keep':
      return settings.keep > 0 ? String(settings.keep) : 'off';
    case 'pictures':
    case 'protect':
    case 'neutral':
    case 'buttons':
      return settings[field] ? 'on' : 'off';
    case 'script':
    case 'style':
    case 'sound':
    case 'urgent':
    case 'timezone':
      return settings[field];
  }
}

/** The offered values of a field, with the chat's own among them. */
export function offeredFor(field: Choice, settings: Settings): readonly string[] {
  const own = valueOf(field, settings);
  const offered = OFFERED[field];
  return offered.includes(own) ? offered : [own, ...offered];
}

/** How a value is called. */
export function nameOf(field: Field, value: string, locale: Locale): string {
  if (value === 'off' && !isSwitch(field)) return locale.text('value-none');
  if (value === 'off' || value === 'on') return locale.text(`value-${value}`);
  switch (field) {
    case 'script':
      return locale.text(value === 'lacinka' ? 'value-script-lacinka' : 'value-script-cyrillic');
    case 'style':
      return locale.text(`value-style-${value === 'full' || value === 'headline' ? value : 'summary'}`);
    case 'sound':
      return locale.text(`value-sound-${value === 'never' || value === 'day' ? value : 'always'}`);
    case 'urgent':
      return locale.text(value === 'hold' ? 'value-urgent-hold' : 'value-urgent-silent');
    case 'mode':
      return locale.text(value === 'also' ? 'value-mode-also' : 'value-mode-only');
    case 'digest':
      return value.split(',').map(withColon).join(', ');
    case 'quiet':
      return value.split('-').map(withColon).join('–');
    case 'timezone':
      return locale.written(zoneName(value, locale.edition));
    case 'keep':
      return locale.text('value-keep-hours', { hours: Number(value) });
    case 'pictures':
    case 'protect':
    case 'neutral':
    case 'buttons':
      return value;
  }
}

const withColon = (hour: string): string => hour.replace(/^(\d\d)(\d\d)$/, '$1:$2');

/** The change that a value means; undefined: no such value, from a stale button or a slip of the finger. */
export function changeFor(field: Field, value: string): Change | undefined {
  switch (field) {
    case 'digest': {
      const digest = value === 'off' ? [] : readHours(value);
      return digest && { digest };
    }
    case 'quiet': {
      if (value === 'off') return { quiet: undefined };
      const quiet = readSpan(value);
      return quiet && { quiet };
    }
    case 'timezone': {
      const timezone = findZone(value);
      return timezone === undefined ? undefined : { timezone };
    }
    case 'keep': {
      const keep = readKeep(value);
      return keep === undefined ? undefined : { keep };
    }
    case 'mode':
      return value === 'only' || value === 'also' ? { followMode: value } : undefined;
    case 'pictures':
    case 'protect':
    case 'neutral':
    case 'buttons':
      return value === 'on' || value === 'off' ? { [field]: value === 'on' } : undefined;
    case 'script':
    case 'style':
    case 'sound':
    case 'urgent':
      return OFFERED[field].includes(value) ? { [field]: value } : undefined;
  }
}

/** `6h`, `6` or `off`, in hours from 1 to 47: Telegram lets a bot remove messages for 48. */
function readKeep(value: string): number | undefined {
  if (value === 'off') return 0;
  const hours = Number(/^(\d{1,2})\s*[hгч]?\.?$/iu.exec(value)?.[1]);
  return hours >= 1 && hours <= 47 ? hours : undefined;
}
