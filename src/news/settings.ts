/**
 * All that a chat can set, a row each. From these rows come the record, the menus and the card, callback data, the typed
 * commands and the key of an appearance: a new setting is one row, its words and the code that obeys it.
 */
import { COMMON_ZONES, findZone } from './cities.ts';
import type { Edition } from './edition.ts';
import { readHours, readSpan } from './hours.ts';

/** How a setting's values are written in callback data and read from there or from a person's typing. */
interface Form<Value> {
  readonly form: 'flag' | 'choice' | 'hours' | 'span' | 'zone' | 'duration' | 'own';
  /** Default until the chat says otherwise. */
  readonly usual: Value;
  /** Values that buttons offer, as callback data writes them: hours without colon, several joined by a comma. */
  readonly offered: readonly string[];
  write(value: Value): string;
  /** Undefined: no such value, from a stale button or a slip of the finger. */
  read(text: string): Value | undefined;
  /** The meaning of `off`, where it has one. */
  readonly off?: Value;
}

/** The doors of the menus behind which settings stand. */
export const DOORS = ['comes', 'when', 'looks', 'safety'] as const;
export type Door = (typeof DOORS)[number];

interface Setting {
  readonly door: Door;
  /** Name inside a record: once given, it keeps its meaning. */
  readonly short: string;
  /** Only who sets up a channel or group may set it. */
  readonly ofPlaces?: true;
  /** Part of an appearance: it changes a story's `texts`, or what stands around them; absent: a message looks the same. */
  readonly shows?: 'texts' | 'frame';
  /** Has a command of its own. */
  readonly typed?: true;
  /** Its name in callback data and words, where that is another. */
  readonly called?: string;
  /** Without it the setting has no meaning, and menus leave it out. */
  readonly needs?: 'belarusian' | 'quiet' | 'topics';
}

type Row = Setting & Form<unknown>;

const flag = (usual: boolean) => ({
  form: 'flag' as const,
  usual,
  offered: ['on', 'off'],
  write: (value: boolean) => (value ? 'on' : 'off'),
  read: (text: string) => ON.includes(text.toLowerCase()) || undefined,
  off: false,
});

const choice = <const Values extends readonly string[]>(usual: Values[number], values: Values) => ({
  form: 'choice' as const,
  usual,
  offered: values,
  write: (value: Values[number]) => value,
  read: (text: string): Values[number] | undefined => values.find((known) => known === text.toLowerCase()),
});

/** Set by screens of its own, not by one value. */
const own = <Value>(usual: Value) => ({
  form: 'own' as const,
  usual,
  offered: [],
  write: () => '',
  read: () => undefined,
});

/** Times of day are `HH:MM` in the chat's time zone. */
interface Span {
  readonly from: string;
  readonly to: string;
}

const hours = {
  form: 'hours' as const,
  usual: [] as readonly string[],
  offered: ['0800', '2000', '0800,2000', '0800,1300,2000', 'off'],
  write: (value: readonly string[]) => value.join(',').replaceAll(':', '') || 'off',
  read: readHours,
  off: [],
};

const span = {
  form: 'span' as const,
  usual: undefined as Span | undefined,
  offered: ['2200-0700', '2300-0700', '2300-0800', '0000-0600', 'off'],
  write: (value: Span | undefined) => (value ? `${value.from}-${value.to}`.replaceAll(':', '') : 'off'),
  read: readSpan,
  off: undefined,
};

const zone = {
  form: 'zone' as const,
  usual: 'Europe/Minsk',
  offered: COMMON_ZONES,
  write: (value: string) => value,
  read: findZone,
};

/** Hours, from 1 to 47: Telegram lets a bot remove messages for 48. 0: never. Absent: nobody has chosen. */
const duration = {
  form: 'duration' as const,
  usual: undefined as number | undefined,
  offered: ['1', '3', '6', '12', '24', '47', 'off'],
  write: (value: number | undefined) => (value ? String(value) : 'off'),
  read: (text: string) => {
    const value = Number(/^(\d{1,2})\s*(?:h|г|ч)?\.?$/iu.exec(text)?.[1]);
    return value >= 1 && value <= 47 ? value : undefined;
  },
  off: 0,
};

/** As people type them in each language. */
const ON = ['on', 'так', 'да', 'yes'];
const OFF = ['off', 'не', 'нет', 'no'];

export const SETTINGS = {
  /** How Belarusian is written; no meaning in other editions. */
  script: {
    door: 'comes',
    short: 's',
    shows: 'texts',
    needs: 'belarusian',
    ...choice('cyrillic', ['cyrillic', 'lacinka']),
  },
  style: {
    door: 'looks',
    short: 'y',
    shows: 'frame',
    typed: true,
    ...choice('summary', ['headline', 'summary', 'full']),
  },
  pictures: { door: 'looks', short: 'p', shows: 'frame', ...flag(true) },
  sound: { door: 'when', short: 'o', ...choice('always', ['always', 'day', 'never']) },
  /** Hours at which the day is gathered into one message; empty: each story by itself. */
  digest: { door: 'when', short: 'd', typed: true, ...hours },
  /** `[from, to)`; nothing arrives in between. */
  quiet: { door: 'when', short: 'q', typed: true, ...span },
  /** Urgent stories within quiet hours: silently, or held like the rest. */
  urgent: { door: 'when', short: 'u', needs: 'quiet', ...choice('silent', ['silent', 'hold']) },
  /** IANA name. */
  timezone: { door: 'when', short: 't', shows: 'frame', typed: true, ...zone },
  /** Words or names to follow. */
  follow: { door: 'comes', short: 'f', ...own<readonly string[]>([]) },
  /** `only`: nothing but what matches; `also`: everything, what matches with sound and ahead of a digest. */
  followMode: { door: 'comes', short: 'm', called: 'mode', ...choice('only', ['only', 'also']) },
  /** Rubrics to follow, lower case as the source writes them; empty: all. */
  rubrics: { door: 'comes', short: 'r', ...own<readonly string[]>([]) },
  /** Urgent stories whatever their topic and rubric, or only those that match. */
  urgentPasses: { door: 'comes', short: 'a', needs: 'topics', ...choice('always', ['always', 'mine']) },
  /** Hours after which what the bot sent disappears; 0: never; absent: as the operator has it (`keepOf`). */
  keep: { door: 'safety', short: 'k', typed: true, ...duration },
  /** No forwarding, no saving. */
  protect: { door: 'safety', short: 'c', shows: 'frame', ...flag(false) },
  /** Messages without the agency's name. */
  neutral: { door: 'safety', short: 'n', shows: 'texts', ...flag(false) },
  /** Buttons under stories. */
  buttons: { door: 'looks', short: 'b', shows: 'frame', ...flag(true) },
  /** Whole stories as one rich message with their pictures; a digest with every story folded inside it. */
  articles: { door: 'looks', short: 'w', shows: 'frame', ...flag(false) },
  /** One line under each post, plain text, with at most one link. */
  signature: {
    door: 'looks',
    short: 'g',
    ofPlaces: true,
    shows: 'frame',
    ...own<{ readonly text: string; readonly link?: string } | undefined>(undefined),
  },
  /** Rubrics as hashtags. */
  hashtags: { door: 'looks', short: 'h', ofPlaces: true, shows: 'frame', ...flag(false) },
  /** Pin urgent stories. */
  pin: { door: 'looks', short: 'i', ofPlaces: true, ...flag(false) },
  /** Texts inside a spoiler and without preview: chat list and lock screen show nothing of them. */
  hide: { door: 'safety', short: 'x', shows: 'frame', typed: true, ...flag(false) },
} as const satisfies Readonly<Record<string, Row>>;

type Table = typeof SETTINGS;

export type SettingName = keyof Table;

/** Settings of which `Fact` holds, such as `{ form: 'flag' }`. */
type NamesWhere<Fact> = { [N in SettingName]: Table[N] extends Fact ? N : never }[SettingName];

/** A setting without a value: the key is left out. */
type Optional = { [N in SettingName]: undefined extends Table[N]['usual'] ? N : never }[SettingName];

/** The chat's settings. */
export type Settings = {
  /** Edition and interface language, always the same. */
  readonly edition: Edition;
} & { readonly [N in Exclude<SettingName, Optional>]: Table[N]['usual'] } & {
  readonly [N in Optional]?: Exclude<Table[N]['usual'], undefined>;
};

/** A change of settings; `undefined` ends what can be absent. */
export type Change = { readonly [N in keyof Settings]?: Settings[N] | undefined };

export type FlagName = NamesWhere<{ form: 'flag' }>;
/** One value that a button sets; `follow`, `rubrics` and the signature have screens of their own. */
export type FieldName = Exclude<SettingName, NamesWhere<{ form: 'own' }>>;
/** A field with a screen of its own. */
export type ChoiceName = Exclude<FieldName, FlagName | 'followMode'> | TypedName;
/** A field with a command of its own. */
export type TypedName = NamesWhere<{ typed: true }>;
/** Settings that decide how a message looks, and among them those that change a story's texts. */
export type ShownName = NamesWhere<{ shows: 'texts' | 'frame' }>;
export type TextsName = NamesWhere<{ shows: 'texts' }>;

/** The name of a setting in callback data and words. */
export type Called<Name extends SettingName> = Table[Name] extends { called: infer Other extends string }
  ? Other
  : Name;

const ROWS: Readonly<Record<SettingName, Row>> = SETTINGS;

export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];
/** Settings in words of somebody's own. */
export const OWN_NAMES = SETTING_NAMES.filter((name) => ROWS[name].form === 'own');

export const isFlag = (name: SettingName): name is FlagName => ROWS[name].form === 'flag';
const isField = (name: SettingName): name is FieldName => ROWS[name].form !== 'own';
const isChoice = (name: SettingName): name is ChoiceName =>
  isField(name) && name !== 'followMode' && (!isFlag(name) || ROWS[name].typed === true);

export const FIELDS = SETTING_NAMES.filter(isField);
export const CHOICES = SETTING_NAMES.filter(isChoice);
export const TYPED = SETTING_NAMES.filter((name): name is TypedName => ROWS[name].typed === true);
export const SHOWN = SETTING_NAMES.filter((name): name is ShownName => ROWS[name].shows !== undefined);
export const TEXTS = SETTING_NAMES.filter((name): name is TextsName => ROWS[name].shows === 'texts');

/** Settings of a new chat. */
export const DEFAULT_SETTINGS = Object.fromEntries(
  SETTING_NAMES.flatMap((name) => (ROWS[name].usual === undefined ? [] : [[name, ROWS[name].usual]])),
) as Omit<Settings, 'edition'>;

export const shortName = (name: SettingName): string => ROWS[name].short;

export const called = <Name extends SettingName>(name: Name): Called<Name> =>
  (ROWS[name].called ?? name) as Called<Name>;

/** The field that callback data means; undefined: none, or none of this version. */
export const fieldCalled = (text: string): FieldName | undefined =>
  SETTING_NAMES.filter(isField).find((name) => called(name) === text);

const NEEDS: Readonly<Record<NonNullable<Setting['needs']>, (settings: Settings) => boolean>> = {
  belarusian: ({ edition }) => edition === 'be',
  quiet: ({ quiet }) => quiet !== undefined,
  topics: ({ follow, rubrics }) => follow.length + rubrics.length > 0,
};

/** Whether the setting has a meaning in a chat that has set this. */
export function isOpen(name: SettingName, settings: Settings): boolean {
  const { needs } = ROWS[name];
  return needs === undefined || NEEDS[needs](settings);
}

/** Settings behind a door, for a chat that has set this. */
export const behind = (door: Door, settings: Settings): Exclude<FieldName, 'followMode'>[] =>
  FIELDS.filter((name) => name !== 'followMode').filter(
    (name) => ROWS[name].door === door && isOpen(name, settings),
  );

export const doorOf = (name: SettingName): Door => ROWS[name].door;

/** Whether people set it for themselves, not only who sets up a place. */
export const isForAll = (name: SettingName): boolean => !ROWS[name].ofPlaces;

/** The chat's settings in the form of callback data. */
export const valueOf = (name: FieldName, settings: Settings): string => ROWS[name].write(settings[name]);

/** The offered values of a field, with the chat's own among them. */
export function offeredFor(name: FieldName, settings: Settings): readonly string[] {
  const set = valueOf(name, settings);
  const { offered } = ROWS[name];
  return offered.includes(set) ? offered : [set, ...offered];
}

/** Characters of a value that somebody types: more is none, and is not looked at. */
const LONGEST_VALUE = 200;

/** The change that a value means; undefined: no such value. */
export function changeFor(name: FieldName, text: string): Change | undefined {
  if (text.length > LONGEST_VALUE) return undefined;
  const row = ROWS[name];
  if ('off' in row && OFF.includes(text.toLowerCase())) return { [name]: row.off };
  const value = row.read(text);
  return value === undefined ? undefined : { [name]: value };
}
