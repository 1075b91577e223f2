import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import type { RichBlock } from '#sandbox/telegram/rich-wire.ts';
import { stageForEach } from './bot-api.ts';

const stage = stageForEach();
const paragraph = (text: unknown) => ({ type: 'paragraph', text });
const photo = (media = 'https://cdn.example/1.jpg') => ({ type: 'photo', photo: { type: 'photo', media } });
const moment = (changes: Record<string, unknown>) =>
  paragraph({ type: 'date_time', text: 'today', unix_time: 1, date_time_format: '', ...changes });
const many = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);

function reader(client: 'new' | 'old' = 'new') {
  const person = stage.telegram.person({ client });
  person.start();
  return person;
}

const send = (chat: { id: number }, blocks: unknown, more: Record<string, unknown> = {}) =>
  stage.refusal('sendRichMessage', { chat_id: chat.id, rich_message: { blocks, ...more } });

/** `count` details in one another. */
const nested = (count: number): unknown =>
  count === 0 ? paragraph('x') : { type: 'details', summary: 's', blocks: [nested(count - 1)] };

/** Five texts of `length` letters each: in a caption, its credit, a summary, a cell and a label. */
const seenText = (length: number): unknown => {
  const text = 'x'.repeat(length);
  const shown = { ...photo(), caption: { text, credit: text } };
  const table = { type: 'table', cells: [[{ text }]] };
  return {
    type: 'details',
    summary: text,
    blocks: [shown, table, { type: 'buttons', buttons: [{ text, callback_data: 'x' }] }],
  };
};

/** A letter in bold in bold, `levels` deep. */
const bold = (levels: number): unknown => (levels === 0 ? 'x' : { type: 'bold', text: bold(levels - 1) });
/** Letters that each have looks of their own. */
const runs = (count: number) => many(count, { type: 'bold', text: 'x' });

it('a message is shown as it was built', async () => {
  const person = reader();
  const blocks = [
    { type: 'heading', text: 'A library', size: 2 },
    photo(),
    paragraph(['It ', 'has ', { type: 'bold', text: 'reopened' }, '.']),
    { type: 'list', items: [{ blocks: [paragraph('windows')] }] },
    { type: 'table', cells: [[{ text: 'a' }]] },
  ];
  const sent = await stage.get<{ rich_message: { blocks: RichBlock[] }; text?: string }>('sendRichMessage', {
    chat_id: person.id,
    rich_message: { blocks },
  });
  expect(sent.text).toBeUndefined();
  const [, picture, text, list, table] = sent.rich_message.blocks;
  expect(picture?.photo).toEqual([
    expect.objectContaining({ width: 320 }),
    expect.objectContaining({ width: 1280, file_id: expect.stringMatching(/^photo-/) as string }),
  ]);
  expect(text?.text).toEqual(['It has ', { type: 'bold', text: 'reopened' }, '.']);
  expect(list?.items?.[0]).toMatchObject({ label: '•' });
  expect(table?.cells?.[0]?.[0]).toEqual({ text: 'a', align: 'left', valign: 'top' });
  expect(person.messages().at(-1)?.text).toBe('A library\nIt has reopened.\nwindows\na');
});

it.each<[string, unknown, unknown, string]>([
  ['letters', [paragraph('x'.repeat(32_768))], [paragraph('x'.repeat(32_769))], 'TEXT_TOO_LONG'],
  ['blocks', many(500, paragraph('x')), many(501, paragraph('x')), 'BLOCKS_TOO_MANY'],
  ['pictures', many(50, photo()), many(51, photo()), 'MEDIA_TOO_MANY'],
  ['levels', [nested(15)], [nested(16)], 'DEPTH_INVALID'],
  [
    'columns',
    [{ type: 'table', cells: [many(20, { text: 'x' })] }],
    [{ type: 'table', cells: [many(21, { text: 'x' })] }],
    'TABLE_COLS_TOO_MANY',
  ],
  [
    'items, each with its block',
    [{ type: 'list', items: many(249, { blocks: [paragraph('x')] }) }],
    [{ type: 'list', items: many(250, { blocks: [paragraph('x')] }) }],
    'BLOCKS_TOO_MANY',
  ],
  [
    'rows of a table, each a block',
    [{ type: 'table', cells: many(499, [{ text: 'x' }]) }],
    [{ type: 'table', cells: many(500, [{ text: 'x' }]) }],
    'BLOCKS_TOO_MANY',
  ],
  [
    'letters wherever they stand',
    [seenText(6553), paragraph('x'.repeat(3))],
    [seenText(6553), paragraph('x'.repeat(4))],
    'TEXT_TOO_LONG',
  ],
  ['levels of looks', [paragraph(bold(15))], [paragraph(bold(16))], 'DEPTH_INVALID'],
  [
    'columns that a cell spans',
    [{ type: 'table', cells: [[{ text: 'x', colspan: 20 }]] }],
    [{ type: 'table', cells: [[{ text: 'x', colspan: 20 }, { text: 'x' }]] }],
    'TABLE_COLS_TOO_MANY',
  ],
  ['bytes', [paragraph(runs(9700))], [paragraph(runs(9710))], 'TOO_LARGE'],
])('the limit of %s holds to the last one', async (_, fits, exceeds, name) => {
  const person = reader();
  expect(await send(person, fits)).toBe('ok');
  expect(await send(person, exceeds)).toBe(`400 Bad Request: RICH_MESSAGE_${name}`);
});

it.each<[unknown, string]>([
  [[], 'rich message must be non-empty'],
  [[{ type: 'divider' }], 'RICH_MESSAGE_EMPTY'],
  [[paragraph(''), paragraph('x')], 'RICH_MESSAGE_EMPTY'],
  [[{ type: 'heading', text: 'x' }], 'Can\'t find field "size"'],
  [[{ type: 'heading', text: 'x', size: 7 }], 'invalid section heading size specified'],
  [[{ type: 'poster', text: 'x' }], 'type "poster" is unsupported'],
  [[paragraph({ type: 'plain', text: 'x' })], 'unsupported rich text type'],
  [[paragraph(7)], 'invalid rich text specified'],
  [[{ type: 'list', items: [] }], 'list must be non-empty'],
  [
    [{ type: 'photo', photo: { type: 'video', media: 'https://a.example/1' } }],
    'unexpected media type "video"',
  ],
  [[photo('/relative.jpg')], 'RICH_MESSAGE_FILE_ID_INVALID'],
  [[photo('http://127.0.0.1/1.jpg')], 'RICH_MESSAGE_PHOTO_URL_INVALID'],
  [[paragraph({ type: 'url', text: 'x', url: 'http://localhost/' })], 'RICH_MESSAGE_URL_INVALID'],
  [[{ type: 'buttons', buttons: [] }], 'button row must be non-empty'],
  [[paragraph('x'), paragraph('')], 'RICH_MESSAGE_EMPTY'],
  [[{ type: 'footer', text: '' }, paragraph('x')], 'RICH_MESSAGE_EMPTY'],
  [[{ type: 'blockquote', blocks: [] }], 'RICH_MESSAGE_EMPTY'],
  [[{ type: 'list', items: [{ blocks: [] }] }], 'list item must be non-empty'],
  [[{ type: 'list', items: ['x'] }], 'object expected as InputRichBlockListItem'],
  [[{ type: 'table' }], 'Can\'t find field "cells"'],
  [[{ type: 'table', cells: [['x']] }], 'richBlockTableCell must be an object'],
  [[{ ...photo(), caption: 'x' }], 'richBlockCaption must be an object'],
  [[{ text: 'x' }], 'Can\'t find field "type"'],
  [[moment({ unix_time: -1 })], 'invalid date specified'],
  [[moment({ date_time_format: 'q' })], 'invalid date-time format specified'],
  [[moment({ unix_time: 9e9 })], 'RICH_MESSAGE_DATE_INVALID'],
  [[moment({ text: 'x'.repeat(129) })], 'RICH_MESSAGE_DATE_INVALID'],
  [[moment({ text: 'x'.repeat(33), date_time_format: 'wDT' })], 'RICH_MESSAGE_DATE_INVALID'],
  [[{ type: 'buttons', buttons: ['x'] }], 'inlineButton must be an Object'],
  [[{ type: 'buttons', buttons: many(9, { text: 'x', callback_data: 'x' }) }], 'BUTTONS_TOO_MANY'],
  [[{ type: 'buttons', buttons: [{ text: 'x', callback_data: 'x'.repeat(65) }] }], 'BUTTON_DATA_INVALID'],
  [
    [{ type: 'buttons', buttons: [{ text: 'x', url: 'https://a.example/', style: 'link' }] }],
    'invalid button style',
  ],
])('what is built wrongly is refused by name: %j', async (blocks, said) => {
  expect(await send(reader(), blocks)).toContain(said);
});

it('empty paragraphs inside are allowed, and moments as long as they may be', async () => {
  const told = [moment({ text: 'x'.repeat(128) }), moment({ text: 'x'.repeat(32), date_time_format: 'wDT' })];
  expect(await send(reader(), [paragraph('x'), paragraph(''), ...told])).toBe('ok');
});

it('an empty list of blocks swallows what is written beside it', async () => {
  expect(await send(reader(), [], { html: '<p>x</p>' })).toContain('rich message must be non-empty');
});

it('the payload is looked at before the chat', async () => {
  expect(await send({ id: 42 }, [{ type: 'poster' }])).toContain('unsupported');
  expect(await send({ id: 42 }, [paragraph('x')])).toContain('chat not found');
  const long = [paragraph('x'.repeat(40_000))];
  expect(await send({ id: 42 }, long)).toContain('chat not found');
});

it('blocks win over what is written beside them', async () => {
  const person = reader();
  expect(await send(person, [paragraph('blocks')], { html: '<p>written</p>', markdown: 'written' })).toBe(
    'ok',
  );
  expect(person.messages().at(-1)?.text).toBe('blocks');
});

it('in a group each kind of content needs its right, before any limit is looked at', async () => {
  const group = stage.telegram.supergroup({ owner: stage.telegram.person() });
  group.addBot(undefined);
  group.restrictBot({ can_send_messages: true });
  expect(await send(group, [paragraph('x')])).toBe('ok');
  const refused = 'not enough rights to send the rich message to the chat';
  expect(await send(group, [paragraph('x'), photo()])).toContain(refused);
  expect(await send(group, many(51, photo()))).toContain(refused);
  expect(stage.telegram.rich.fetched).toEqual([]);
});

it('hashtags, names and addresses are found by itself, unless it is told not to look', async () => {
  const blocks = [
    paragraph('Read @the_paper or paper.example.com'),
    { type: 'footer', text: ['#News #2026'] },
  ];
  const echo = async (more: Record<string, unknown>) => {
    const rich_message = { blocks, ...more };
    return (
      await stage.get<{ rich_message: { blocks: RichBlock[] } }>('sendRichMessage', {
        chat_id: reader().id,
        rich_message,
      })
    ).rich_message.blocks.map(({ text }) => text);
  };
  expect(await echo({})).toEqual([
    [
      'Read ',
      { type: 'mention', text: '@the_paper', username: '@the_paper' },
      ' or ',
      { type: 'url', text: 'paper.example.com', url: 'paper.example.com' },
    ],
    [{ type: 'hashtag', text: '#News', hashtag: '#News' }, ' #2026'],
  ]);
  expect(await echo({ skip_entity_detection: true })).toEqual([
    'Read @the_paper or paper.example.com',
    '#News #2026',
  ]);
});

it('text becomes rich and rich text, in place and at any age; the same again is no change', async () => {
  const person = reader();
  const { message_id } = await stage.get('sendMessage', { chat_id: person.id, text: 'Plain' });
  const edit = (content: Record<string, unknown>) =>
    stage.refusal('editMessageText', { chat_id: person.id, message_id, ...content });
  const rich = { rich_message: { blocks: [paragraph('Rich')] } };
  await stage.clock.advance(72 * 3_600_000);
  expect(await edit(rich)).toBe('ok');
  expect(person.messages().at(-1)).toMatchObject({ id: message_id, text: 'Rich' });
  expect(await edit(rich)).toContain('message is not modified');
  expect(await edit({ text: 'Plain again' })).toBe('ok');
  expect(person.messages().at(-1)?.rich).toBeUndefined();
});

it('a picture is fetched once: its file id is good in every chat and costs nothing', async () => {
  const sent = await stage.get<{ rich_message: { blocks: RichBlock[] } }>('sendRichMessage', {
    chat_id: reader().id,
    rich_message: { blocks: [paragraph('x'), photo()] },
  });
  const sizes = sent.rich_message.blocks[1]?.photo as { file_id: string }[];
  expect(await send(reader(), [paragraph('x'), photo(sizes.at(-1)?.file_id)])).toBe('ok');
  expect(stage.telegram.rich.fetched).toEqual(['https://cdn.example/1.jpg']);
});

it('a picture may be named beside the blocks, anew in each call', async () => {
  const person = reader();
  const blocks = [paragraph('x'), photo('tg://photo?id=cover')];
  const named = (one: unknown) => send(person, blocks, { media: [one] });
  expect(await named({ id: 'cover', media: { type: 'photo', media: 'https://cdn.example/1.jpg' } })).toBe(
    'ok',
  );
  expect(stage.telegram.rich.fetched).toEqual(['https://cdn.example/1.jpg']);
  expect(
    await named({ id: 'other', media: { type: 'photo', media: 'https://cdn.example/1.jpg' } }),
  ).toContain('RICH_MESSAGE_PHOTO_NO_MEDIA_FOUND');
  expect(await named({ media: {} })).toContain('Can\'t find field "id"');
  expect(await named({ id: 'cover' })).toContain('media not found');
  for (const id of ['', 'x'.repeat(65), 'a b'])
    expect(await named({ id, media: {} })).toContain('invalid rich message file identifier');
  const { id } = person.messages().at(-1) ?? { id: 0 };
  const edit = { chat_id: person.id, message_id: id, rich_message: { blocks } };
  expect(await stage.refusal('editMessageText', edit)).toContain('RICH_MESSAGE_PHOTO_NO_MEDIA_FOUND');
});

it('a picture of this machine is fetched: it must come in time, and be one', async () => {
  const site = createServer(({ url }, answer) => {
    if (url === '/never') return;
    answer.writeHead(url === '/gone' ? 404 : 200, {
      'content-type': url === '/page' ? 'text/html' : 'image/png',
    });
    answer.end('x');
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  stage.telegram.rich.ownHosts = [origin];
  const person = reader();
  const sent = (path: string) => send(person, [paragraph('x'), photo(origin + path)]);
  expect(await sent('/there')).toBe('ok');
  for (const path of ['/gone', '/page']) expect(await sent(path)).toContain('PHOTO_NO_MEDIA_FOUND');
  stage.telegram.rich.patienceMs = 20;
  expect(await sent('/never')).toContain('PHOTO_NO_MEDIA_FOUND');
  site.closeAllConnections();
  site.close();
});

it('a bad day: a picture or a link fails the whole message, a part is cut without a word, a third must wait', async () => {
  const person = reader();
  const linked = [paragraph({ type: 'url', text: 'x', url: 'https://a.example/' })];
  stage.telegram.rich.picturesFail = true;
  expect(await send(person, [paragraph('x'), photo()])).toContain('RICH_MESSAGE_PHOTO_NO_MEDIA_FOUND');
  stage.telegram.rich.linksFail = true;
  expect(await send(person, linked)).toContain('RICH_MESSAGE_URL_INVALID');
  stage.telegram.rich.cuts = true;
  expect(await send(person, [paragraph('one'), paragraph('two')])).toBe('ok');
  expect(person.messages().at(-1)?.text).toBe('one');
  stage.telegram.rich.cuts = false;
  stage.telegram.rich.floods = true;
  await stage.clock.advance(10_000);
  for (const answer of ['ok', 'ok', '429 Too Many Requests: retry after 8'])
    expect(await send(person, [paragraph('x')])).toBe(answer);
});

it('older servers know neither the method nor the edit, or only what is written', async () => {
  const person = reader();
  const { message_id } = await stage.get('sendMessage', { chat_id: person.id, text: 'Plain' });
  const rich = { rich_message: { blocks: [paragraph('x')] } };
  stage.telegram.setServer('before rich');
  expect(await send(person, [paragraph('x')])).toBe('404 Not Found: method not found');
  expect(await stage.refusal('editMessageText', { chat_id: person.id, message_id, ...rich })).toContain(
    'message text is empty',
  );
  stage.telegram.setServer('10.1');
  expect(await send(person, [paragraph('x')])).toContain('rich message must be non-empty');
});

it('an old app shows that it cannot, and its reader can press nothing inside', async () => {
  const button = { type: 'buttons', buttons: [{ text: 'I can read this', callback_data: 'yes' }] };
  const [now, old] = [reader(), reader('old')];
  for (const person of [now, old]) expect(await send(person, [paragraph('Sample'), button])).toBe('ok');
  const last = old.messages().at(-1);
  expect(last?.text).toContain('not supported');
  await expect(old.press(last?.id ?? 0, 'I can read this')).rejects.toThrow('no button');
  const pressed = now.press(now.messages().at(-1)?.id ?? 0, 'I can read this');
  expect((await stage.updates()).at(-1)).toMatchObject({ kind: 'callback_query', payload: { data: 'yes' } });
  await stage.clock.advance(151_000);
  await pressed;
});

it('an inline result carries only files that were uploaded before', async () => {
  const person = reader();
  const results = (media: string) => [
    {
      type: 'article',
      id: 'a',
      title: 'A',
      input_message_content: { rich_message: { blocks: [paragraph('x'), photo(media)] } },
    },
  ];
  void person.inline('');
  const query = (await stage.updates()).find(({ kind }) => kind === 'inline_query')?.payload['id'];
  const answer = (media: string) =>
    stage.refusal('answerInlineQuery', { inline_query_id: query, results: results(media) });
  expect(await answer('https://cdn.example/1.jpg')).toContain('file identifier');
  expect(await answer('photo-abc')).toBe('ok');
});

it('copies and forwards keep the blocks, and protected ones do neither', async () => {
  const [from, to] = [reader(), reader()];
  const { message_id } = await stage.get('sendRichMessage', {
    chat_id: from.id,
    rich_message: { blocks: [paragraph('Kept')] },
  });
  const copy = (id: number) =>
    stage.refusal('copyMessage', { chat_id: to.id, from_chat_id: from.id, message_id: id });
  expect(await copy(message_id)).toBe('ok');
  expect(to.messages().at(-1)?.text).toBe('Kept');
  const forward = { chat_id: to.id, from_chat_id: from.id, message_id };
  expect(await stage.refusal('forwardMessage', forward)).toBe('ok');
  expect(to.messages().at(-1)?.rich?.blocks).toEqual([paragraph('Kept')]);
  const shut = await stage.get('sendRichMessage', {
    chat_id: from.id,
    rich_message: { blocks: [paragraph('Shut')] },
    protect_content: true,
  });
  expect(await copy(shut.message_id)).toContain("can't be copied");
});
