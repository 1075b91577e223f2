/** Invented stories for the sandbox: people in them have a role and a place, never a name. */
import type { Sample } from './sample.ts';
import { CITY } from './samples-city.ts';
import { COUNTRY } from './samples-country.ts';
import { CULTURE } from './samples-culture.ts';

export const SAMPLES: readonly Sample[] = [...CITY, ...COUNTRY, ...CULTURE];
