/** Time zones by the cities that readers live in, in each language; any IANA name works as well. */
import cities from '../../locales/cities.json' with { type: 'json' };
import type { Edition } from './edition.ts';
import { isTown, matches, parseQuery, type Query, termsOf } from '../matching/match.ts';
import { isZone } from './zone.ts';

/** A city whose clock people go by. */
interface City {
  readonly zone: string;
  /** Degrees north and east. */
  readonly at: readonly [number, number];
  /** By edition; a test holds that none is missing. */
  readonly names: Readonly<Record<string, string>>;
  /** Other names that people use for it, or for its zone. */
  readonly also?: readonly string[];
}

/** The first city of a zone gives the zone its name. */
const CITIES = cities as unknown as readonly City[];

/** The cities on buttons. */
export const COMMON_ZONES = [
  'Europe/Minsk',
  'Europe/Warsaw',
  'Europe/Vilnius',
  'Europe/Kyiv',
  'Asia/Tbilisi',
  'Europe/Berlin',
] as const;

/** Letters only, without case, accents, and what is written two ways. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]+/gu, '');

/**
 * The zone of a city named in any of the three languages and in any spelling or case, or of an IANA name; undefined:
 * neither.
 */
export function findZone(text: string): string | undefined {
  if (text.length > LONGEST_NAME) return undefined;
  const name = plain(text);
  if (name === '') return undefined;
  return (
    NAMED.find(({ written }) => written === name)?.zone ??
    ALSO.get(name) ??
    canonicalZone(text.trim().replaceAll(' ', '_')) ??
    spelled(text) ??
    (isTown(text) ? TOWNS_ZONE : undefined)
  );
}

/** The clock of every town that matching knows: all are in one country. */
const TOWNS_ZONE = 'Europe/Minsk';

/** Characters of a zone's or city's name that are looked at: the longest zone has 32. */
const LONGEST_NAME = 60;

/** Every city in each language. */
const NAMED = CITIES.flatMap(({ zone, names }) =>
  Object.values(names).map((name) => ({ zone, name, written: plain(name) })),
);
const ALSO = new Map(CITIES.flatMap(({ zone, also }) => (also ?? []).map((name) => [plain(name), zone])));

/** The zone of the city that `text` names in another spelling or form of the word. */
function spelled(text: string): string | undefined {
  const query = parseQuery(text);
  if (query.words.length === 0) return undefined;
  const terms = termsOf(text);
  return spellings().find((known) => matches(query, known.terms) && matches(known.query, terms))?.zone;
}

let read: readonly { zone: string; query: Query; terms: string }[] | undefined;

/** The names as matching reads them, once a process. */
const spellings = (): NonNullable<typeof read> =>
  (read ??= NAMED.map(({ zone, name }) => ({ zone, query: parseQuery(name), terms: termsOf(name) })));

/** The IANA name as it is written, for a zone that this machine knows; offsets and abbreviations are none. */
function canonicalZone(name: string): string | undefined {
  if (!/^[A-Za-z_]+(\/[A-Za-z_+\-0-9]+)+$|^UTC$/i.test(name)) return undefined;
  if (!isZone(name)) return undefined;
  return (
    Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase() === name.toLowerCase()) ??
    (name.toUpperCase() === 'UTC' ? 'UTC' : capitals(name))
  );
}

const capitals = (name: string): string =>
  name.toLowerCase().replace(/(^|[/_-])\p{L}/gu, (letter) => letter.toUpperCase());

/** The zone's city in a language; for a zone without one, its IANA name. */
export const zoneName = (zone: string, edition: Edition): string =>
  CITIES.find((city) => city.zone === zone)?.names[edition] ?? zone;

/** The zone of the city nearest to a place, in degrees: right but near borders, where a typed city helps. */
export function nearestZone(north: number, east: number): string {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const closeness = ({ at: [cityNorth, cityEast] }: City) =>
    Math.sin(radians(north)) * Math.sin(radians(cityNorth)) +
    Math.cos(radians(north)) * Math.cos(radians(cityNorth)) * Math.cos(radians(east - cityEast));
  return CITIES.reduce((best, city) => (closeness(city) > closeness(best) ? city : best), CITIES[0] as City)
    .zone;
}
