/** The parameters of a call, however they came: query, form, multipart or JSON. Telegram reads all of them as text. */
import { badRequest } from './wire.ts';

export type Params = Readonly<Record<string, unknown>>;

/** A parameter as text; absent and null are the empty text. */
export function textOf(params: Params, name: string): string {
  const value = params[name];
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value as number | boolean);
}

/** A whole number; anything else is `fallback`, anything out of range its nearest end. */
export function integerOf(
  params: Params,
  name: string,
  fallback = 0,
  least = -2_147_483_648,
  most = 2_147_483_647,
): number {
  const text = textOf(params, name).trim();
  if (!/^-?\d+$/.test(text)) return fallback;
  return Math.min(Math.max(Number(text), least), most);
}

export const flagOf = (params: Params, name: string): boolean =>
  /^(?:true|yes|1)$/i.test(textOf(params, name));

/** A JSON parameter, parsed when it came as text; undefined where it is absent or empty. Throws a refusal that says `mistake`. */
export function jsonOf(params: Params, name: string, mistake: string): unknown {
  const value = params[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    throw badRequest(mistake);
  }
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
