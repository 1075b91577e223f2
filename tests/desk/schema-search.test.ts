import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { searchFor } from '../../bench/safety/search.ts';

const IDS = [6_123_456_789, 98_765_432, 3_987_654_321];
const search = searchFor(IDS, ['qnamemark', 'QWORDMARK']);
const among = (...parts: (string | Buffer)[]) =>
  Buffer.concat([randomBytes(1000), ...parts.map((part) => Buffer.from(part)), randomBytes(1000)]);

function bytesOf(id: number, size: number, order: 'BE' | 'LE'): Buffer {
  const bytes = Buffer.alloc(size);
  if (order === 'BE') bytes.writeUIntBE(id, size === 8 ? 2 : 0, Math.min(size, 6));
  else bytes.writeUIntLE(id, 0, Math.min(size, 6));
  return bytes;
}

describe('the search for readers in what a thief could take', () => {
  it.each(IDS)('finds the id %d in every form', (id) => {
    const forms: (string | Buffer)[][] = [
      [`chat ${id} said`],
      [`${id}_suffix`, '1'],
      [`0x${id.toString(16)}`],
      [id.toString(16).toUpperCase(), ' '],
      [bytesOf(id, 8, 'BE')],
      [bytesOf(id, 8, 'LE')],
      [` "${Buffer.from(String(id)).toString('base64')}" `],
      [` "${Buffer.from(`a${id}`).toString('base64url')}" `],
      [` ${Buffer.from(`{"chat_id":${id},"text":`).toString('base64')} `],
      [` ${bytesOf(id, 8, 'BE').toString('base64')} `],
      [` ${Buffer.concat([Buffer.from('xy'), bytesOf(id, 8, 'LE')]).toString('base64url')} `],
    ];
    const missed = forms.filter((form) => search.in(among(' ', ...form, ' ')).length === 0);
    expect(missed.map(String)).toEqual([]);
  });

  it('knows a value that is nothing but an id in four or five bytes', () => {
    expect(search.is(bytesOf(98_765_432, 4, 'BE'))).toBe(true);
    expect(search.is(bytesOf(6_123_456_789, 5, 'LE'))).toBe(true);
    expect(search.is(Buffer.from('1234'))).toBe(false);
  });

  it('finds words in names and messages, also folded and encoded', () => {
    for (const form of [
      'Qnamemark',
      'xqwordmarky',
      Buffer.from('the qnamemark').toString('base64'),
      Buffer.from('qnamemark', 'utf16le'),
    ])
      expect(search.in(among(' ', form, ' ')), String(form)).not.toEqual([]);
  });

  it('finds nothing where nothing is', () => {
    expect(search.in(randomBytes(200_000))).toEqual([]);
    expect(search.in(Buffer.from('the name and the word, 1700000000000, 7000000001'))).toEqual([]);
  });
});
