/** Readings of what the page sends: nothing is taken on trust. */
import { refusal } from '../refusal.ts';

export type Body = Readonly<Record<string, unknown>>;

export function textOf(body: Body, name: string, limit: number): string {
  const value = body[name];
  if (typeof value !== 'string') throw new Error(`${name} is missing`);
  if (!value.trim()) throw refusal('empty');
  if (value.length > limit) throw refusal('long', { limit });
  return value;
}

/** Only a string counts as text. */
export const plain = (value: unknown): string => (typeof value === 'string' ? value : '');

export function numberOf(body: Body, name: string): number {
  const value = body[name];
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new Error(`${name} is missing`);
  return value;
}

export function objectOf(body: Body, name: string): Body {
  const value = body[name];
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${name} is missing`);
  return value as Body;
}
