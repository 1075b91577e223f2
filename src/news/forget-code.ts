/**
 * The code that a reader may give an operator beforehand, for the day on which they cannot use the chat any more: whoever
 * has it can have that chat forgotten, and nothing else. It is no part of the chat's number: once the chat is forgotten it
 * means nothing, whatever keys somebody has.
 */

export interface ForgetCode {
  /** 1 to 2²⁸ − 1. */
  readonly slot: number;
  /** 1 to 2³² − 1, drawn at random. */
  readonly secret: number;
}

/** Without the letters that are taken for a figure or for one another (Crockford's base 32). */
const FIGURES = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 60 bits: 32 of the secret, 28 of the slot. */
const LENGTH = 12;
const SLOT_BITS = 28n;

/** As it is shown: `XXXX-XXXX-XXXX`. */
export function writeCode({ slot, secret }: ForgetCode): string {
  const digits = ((BigInt(secret) << SLOT_BITS) | BigInt(slot)).toString(32).padStart(LENGTH, '0');
  const figures = Array.from(digits, (digit) => FIGURES[Number.parseInt(digit, 32)]).join('');
  return figures.replaceAll(/.{4}(?=.)/g, '$&-');
}

/** Reads a code as people type it: small letters, `o` for 0, `i` or `l` for 1, any spaces and dashes. */
export function readCode(text: string): ForgetCode | undefined {
  const figures = text
    .toUpperCase()
    .replaceAll(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  const digits = Array.from(figures, (figure) => FIGURES.indexOf(figure));
  if (digits.length !== LENGTH || digits.includes(-1)) return undefined;
  const value = digits.reduce((sum, digit) => (sum << 5n) | BigInt(digit), 0n);
  const slot = Number(value & ((1n << SLOT_BITS) - 1n));
  const secret = Number(value >> SLOT_BITS);
  return slot > 0 && secret > 0 ? { slot, secret } : undefined;
}
