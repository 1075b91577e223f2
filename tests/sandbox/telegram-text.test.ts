import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { autoEntities } from '#sandbox/telegram/auto.ts';
import { parseHtml } from '#sandbox/telegram/html.ts';
import { codePoints, finishText } from '#sandbox/telegram/text.ts';

function finish(html: string) {
  const parsed = parseHtml(html);
  if (!parsed.ok) throw new Error(parsed.error);
  return finishText(parsed.text, parsed.entities);
}

const short = (html: string) =>
  finish(html)?.entities.map(({ type, offset, length }) => `${type} ${offset}+${length}`);

describe('the text that a message shows', () => {
  it('loses white space at its end, and at its start up to the first entity', () => {
    expect(finish(' \n a <b>b</b> \n')).toEqual({
      text: 'a b',
      entities: [{ type: 'bold', offset: 2, length: 1 }],
    });
    expect(finish(' <b> x </b> ')).toEqual({
      text: '<b> x</b>'.slice(3, 5),
      entities: [{ type: 'bold', offset: 0, length: 2 }],
    });
  });

  it('has spaces for control characters and nothing for carriage returns', () => {
    expect(finish('a\tb\r\n<b>c</b>')).toEqual({
      text: 'a b\nc',
      entities: [{ type: 'bold', offset: 4, length: 1 }],
    });
  });

  it.each(['', ' \n', '<b> </b>', '\u200b', '\u2063\ufe0f', '⠀'])('is nothing for %j', (html) => {
    expect(finish(html)).toBeUndefined();
  });

  it('keeps a hundred entities and drops the rest without a word', () => {
    const many = Array.from({ length: 150 }, () => '<b>x</b> y ').join('');
    expect(finish(many)?.entities).toHaveLength(100);
  });

  it('counts code points, not UTF-16 units', () => {
    expect(codePoints('😀я')).toBe(2);
  });
});

describe('entities inside one another', () => {
  it.each([
    ['<b>a</b><b>b</b>', ['bold 0+2']],
    ['<b>a<i>b</i>c</b>', ['bold 0+1', 'bold 1+2', 'italic 1+1']],
    ['<b>a<code>b</code>c</b>', ['bold 0+1', 'code 1+1', 'bold 2+1']],
    ['<code>a<b>b</b></code>', ['code 0+2']],
    ['<blockquote>a<code>b</code></blockquote>', ['blockquote 0+2', 'code 1+1']],
    ['<blockquote>a<blockquote>b</blockquote></blockquote>', ['blockquote 0+2']],
    ['<a href="a.by">x<a href="b.by">y</a></a>', ['text_link 0+2']],
    ['<b><a href="a.by">x</a></b>', ['text_link 0+1', 'bold 0+1']],
    ['<tg-time unix="5"><b>x</b></tg-time>', ['date_time 0+1']],
  ])('%s', (html, entities) => {
    expect(short(html)).toEqual(entities);
  });

  it('stay inside the text, in order, whatever the markup', () => {
    const tag = fc.constantFrom('b', 'i', 'u', 'code', 'pre', 'blockquote', 'a');
    const { tree } = fc.letrec<{ tree: string; leaf: string; node: string }>((tie) => ({
      leaf: fc.constantFrom('x', ' ', '\n', '😀', 'a.by', '\r', '@name'),
      node: fc
        .tuple(tag, fc.array(tie('tree'), { maxLength: 4 }))
        .map(([name, inner]) => `<${name} href="a.by">${inner.join('')}</${name}>`),
      tree: fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('node')),
    }));
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 8 }), (parts) => {
        const finished = finish(parts.join(''));
        if (!finished) return;
        let before = 0;
        for (const { offset, length } of finished.entities) {
          expect(length).toBeGreaterThan(0);
          expect(offset).toBeGreaterThanOrEqual(before);
          expect(offset + length).toBeLessThanOrEqual(finished.text.length);
          before = offset;
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('what Telegram finds by itself', () => {
  it.each([
    ['see https://pozirk.online/be/news/1/.', ['url https://pozirk.online/be/news/1/']],
    ['pozirk.online, or pozirk.nothing', ['url pozirk.online']],
    ['«https://a.by/я»', ['url https://a.by/я']],
    ['the end.The start', []],
    ['@pozirk_bot and x@y', ['mention @pozirk_bot']],
    ['/start@pozirk_bot be', ['bot_command /start@pozirk_bot']],
    ['1/2 and //x', []],
    ['#Беларусь #2026 #x2', ['hashtag #Беларусь', 'hashtag #x2']],
    ['write to news@example.org', ['email news@example.org']],
  ])('%s', (text, found) => {
    expect(
      autoEntities(text).map(({ type, offset, length }) => `${type} ${text.slice(offset, offset + length)}`),
    ).toEqual(found);
  });
});
