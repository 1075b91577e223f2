/** Invented stories for the sandbox: people in them have a role and a place, never a name. */
import type { Sample } from './newsroom-sample.ts';
import { CITY } from './newsroom-samples-city.ts';
import { COUNTRY } from './newsroom-samples-country.ts';
import { CULTURE } from './newsroom-samples-culture.ts';

export const SAMPLES: readonly Sample[] = [...CITY, ...COUNTRY, ...CULTURE];
