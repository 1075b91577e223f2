import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { searchFor } from '../../bench/safety/search.ts';

const ID = 9_123_456_789;
const OLD_ID = 1_612_345_678;
const search = searchFor([ID, OLD_ID], ['qwordmark', 'ъеньмарка']);

/** What stands around a trace: bytes that are none. */
const hidden = (trace: Buffer | string): Buffer =>
  Buffer.concat([Buffer.from('x1:"'), Buffer.from(trace as string), Buffer.from('"\n y')]);

const wide = (id: number, order: 'BE' | 'LE'): Buffer => {
  const bytes = Buffer.alloc(8);
  if (order === 'BE') bytes.writeBigUInt64BE(BigInt(id));
  else bytes.writeBigUInt64LE(BigInt(id));
  return bytes;
};
const sha = (id: number) => createHash('sha256').update(String(id)).digest();

describe('a thief’s search', () => {
  it.each<[string, Buffer | string]>([
    ['in digits', String(ID)],
    ['of an old account in digits', `user ${OLD_ID} wrote`],
    ['in digits of a group', `-100${ID}`],
    ['in hexadecimal', ID.toString(16)],
    ['in capital hexadecimal', ID.toString(16).toUpperCase()],
    ['in eight bytes, big end first', wide(ID, 'BE')],
    ['in eight bytes, little end first', wide(ID, 'LE')],
    ['of an old account in eight bytes', wide(OLD_ID, 'LE')],
    ['in six bytes', wide(ID, 'LE').subarray(0, 6)],
    ['in base64 of its digits', Buffer.from(`{"id":${ID}}`).toString('base64')],
    ['in base64 of its digits, one further', Buffer.from(`{"id": ${ID}}`).toString('base64')],
    ['in base64 of its digits, two further', Buffer.from(`{"id" : ${ID}}`).toString('base64url')],
    ['in base64 of its bytes', wide(ID, 'BE').toString('base64')],
    ['as a hash', sha(ID)],
    ['as a hash in hexadecimal', sha(ID).toString('hex')],
    ['as a hash in base64', sha(ID).toString('base64')],
  ])('finds a reader’s id %s', (_form, trace) => {
    expect(search.in(hidden(trace))).not.toEqual([]);
  });

  it.each<[string, Buffer | string]>([
    ['as it is', 'about Qwordmark and'],
    ['in Cyrillic', 'пра Ъеньмарка і'],
    ['in capitals', 'ЪЕНЬМАРКА'],
    ['in JSON', String.raw`\u044a\u0435\u043d\u044c\u043c\u0430\u0440\u043a\u0430`],
    ['in a link', encodeURIComponent('ъеньмарка')],
    ['in UTF-16', Buffer.from('ъеньмарка', 'utf16le')],
    ['in windows-1251', Buffer.from('fae5edfcece0f0eae0', 'hex')],
    ['in base64', Buffer.from('a qwordmark').toString('base64')],
  ])('finds a typed word %s', (_form, trace) => {
    expect(search.in(hidden(trace))).not.toEqual([]);
  });

  it('finds a short id where it is a value of its own', () => {
    expect(search.is(wide(OLD_ID, 'BE').subarray(4))).toBe(true);
    expect(search.is(wide(ID, 'LE').subarray(0, 5))).toBe(true);
  });

  it('finds nothing where nothing is', () => {
    expect(search.in(hidden(`${ID + 1} qword mark ${sha(5).toString('hex')}`))).toEqual([]);
  });
});
