import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHtml } from '#sandbox/telegram/html.ts';

describe('the markup that Telegram refuses', () => {
  it.each([
    ['<p>x</p>', 'Unsupported start tag "p" at byte offset 0'],
    ['я <br>', 'Unsupported start tag "br" at byte offset 3'],
    ['<b/>', 'Unsupported start tag "b/" at byte offset 0'],
    ['1 < 2', 'Unsupported start tag "" at byte offset 2'],
    ['👍<b', 'Unclosed start tag at byte offset 4'],
    ['<', 'Unclosed start tag at byte offset 0'],
    ['<a href', 'Unclosed start tag "a" at byte offset 0'],
    ['<a href=', 'Unclosed start tag "a" at byte offset 0'],
    ['<a href="x', 'Unclosed start tag at byte offset 0'],
    ['<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'],
    ['<b />x</b>', 'Empty attribute name in the tag "b" at byte offset 0'],
    ['<a href=ab/c>y</a>', 'Unexpected end of name token at byte offset 8'],
    ['<span class="x">y</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
    ['<span>y</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
    ['x</b>', 'Unexpected end tag at byte offset 1'],
    ['<b>x</b', 'Unclosed end tag at byte offset 4'],
    ['<b>x</b y>', 'Unclosed end tag at byte offset 4'],
    ['<b>я<i>y</b></i>', 'Unmatched end tag at byte offset 9, expected "</i>", found "</b>"'],
    ['<b>x<i>y</i>', 'Can\'t find end tag corresponding to start tag "b"'],
    ['<tg-emoji emoji-id="none">x</tg-emoji>', 'Invalid custom emoji identifier specified'],
    ['<tg-time unix="1" format="q">x</tg-time>', 'Invalid date format used'],
    [
      '&#xd83d;x',
      'Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units',
    ],
  ])('%s: %s', (html, error) => {
    expect(parseHtml(html)).toEqual({ ok: false, error });
  });
});

describe('the markup that Telegram takes', () => {
  it.each([
    ['&lt;b&gt; &amp &quot;', '<b> & "', []],
    ['fish & chips &nbsp; &constructor; > 1', 'fish & chips &nbsp; &constructor; > 1', []],
    ['&#1071;&#x42f;&#0;', 'ЯЯ&#0;', []],
    ['<B>x</B>', 'x', [{ type: 'bold', offset: 0, length: 1 }]],
    ['<b>x</>', 'x', [{ type: 'bold', offset: 0, length: 1 }]],
    ['a<b></b>', 'a', []],
    ['😀<s>x</s>', '😀x', [{ type: 'strikethrough', offset: 2, length: 1 }]],
    [
      '<a>pozirk.online</a>',
      'pozirk.online',
      [{ type: 'text_link', offset: 0, length: 13, url: 'http://pozirk.online/' }],
    ],
    [
      "<a title=x href='HTTPS://Pozirk.Online/A?b=1&amp;c'>x</a>",
      'x',
      [{ type: 'text_link', offset: 0, length: 1, url: 'https://pozirk.online/A?b=1&c' }],
    ],
    ['<a href="localhost">x</a>', 'x', []],
    ['<a href="javascript:alert(1)">x</a>', 'x', []],
    ['<a href="tg://user?id=42">x</a>', 'x', [{ type: 'text_mention', offset: 0, length: 1, userId: 42 }]],
    [
      '<a href="tg:resolve?domain=x">x</a>',
      'x',
      [{ type: 'text_link', offset: 0, length: 1, url: 'tg://resolve?domain=x' }],
    ],
    [
      '<pre><code class="language-js">x</code></pre>',
      'x',
      [{ type: 'pre', offset: 0, length: 1, language: 'js' }],
    ],
    [
      '<code><pre>x</pre></code>',
      'x',
      [
        { type: 'pre', offset: 0, length: 1 },
        { type: 'code', offset: 0, length: 1 },
      ],
    ],
    ['<code class="language-js">x</code>', 'x', [{ type: 'code', offset: 0, length: 1 }]],
    ['<blockquote expandable>x</blockquote>', 'x', [{ type: 'expandable_blockquote', offset: 0, length: 1 }]],
    ['<span class="tg-spoiler">x</span>', 'x', [{ type: 'spoiler', offset: 0, length: 1 }]],
    [
      '<tg-time unix="9" format="wDT">x</tg-time>',
      'x',
      [{ type: 'date_time', offset: 0, length: 1, unix_time: 9, date_time_format: 'wDT' }],
    ],
  ])('%s', (html, text, entities) => {
    expect(parseHtml(html)).toEqual({ ok: true, text, entities });
  });
});

describe('any text at all', () => {
  const part = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 5 }),
    fc.constantFrom(
      '<b>',
      '</b>',
      '<i>',
      '</i>',
      '<a href="',
      '">',
      '</a>',
      '&amp;',
      '&#',
      '&#x1f600;',
      '</>',
      '<',
    ),
    fc.constantFrom(
      '<blockquote expandable>',
      '</blockquote>',
      '<code class=language-x>',
      '</code>',
      '<tg-time unix=5>',
      '😀',
      '\0',
    ),
  );

  it('is either refused with a sentence or turned into a text around its entities', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        const parsed = parseHtml(parts.join(''));
        if (!parsed.ok) return parsed.error.length > 0;
        return parsed.entities.every(
          ({ offset, length }) => offset >= 0 && length > 0 && offset + length <= parsed.text.length,
        );
      }),
      { numRuns: 500 },
    );
  });
});
