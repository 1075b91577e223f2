import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Machine } from '#sandbox/machine.ts';
import { NO_MACHINE } from '#sandbox/page/no-machine.ts';
import { type Sandbox, startSandbox } from '#sandbox/sandbox.ts';
import { isSame } from '#src/trial/sameness.ts';

interface Chat {
  key: string;
  begin?: string;
  commands: { command: string }[];
  keyboard?: { rows: { text: string; kind: string }[][] };
  bot: { present: boolean; rights: string[] };
  topics: { id: number; name: string }[];
  messages: {
    id: number;
    text: string;
    mine: boolean;
    edited: boolean;
    service?: string;
    thread?: number;
    replyTo?: { name: string; text: string };
    preview?: { title?: string; picture?: string; href: string; large: boolean; above: boolean };
    buttons: { text: string; kind: string }[][];
  }[];
}

interface Story {
  piece: number;
  versions: Record<string, { id: number; headline: string; path: string; status: number; urgent: boolean }>;
}

let sandbox: Sandbox;
let server: Server;
let page: string;
let state: Record<string, unknown>;
let listening: AbortController;

const chat = (key: string) => state[`chat:${key}`] as Chat;
const stories = () => (state['newsroom'] as { stories: Story[] }).stories;

/** Keeps `state` as a browser would. */
async function listen() {
  const response = await fetch(`${page}/events`, { signal: listening.signal });
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString('utf8');
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data) Object.assign(state, JSON.parse(data));
    }
  }
}

const until = (fact: () => unknown) =>
  expect.poll(() => Boolean(fact()), { timeout: 5000, interval: 20 }).toBe(true);

const act = async (name: string, body: unknown = {}, headers: Record<string, string> = {}) => {
  const response = await fetch(`${page}/act/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
};

const bot = async (method: string, params: Record<string, unknown>) => {
  const response = await fetch(
    `${sandbox.settings()['TELEGRAM_API_ROOT']}/bot${sandbox.settings()['BOT_TOKEN']}/${method}`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(params),
    },
  );
  return (await response.json()) as { ok: boolean; result: Record<string, unknown>[] };
};

const updates = async () => (await bot('getUpdates', { offset: 0 })).result;

/** The chat id that the bot sees behind the newest update of a kind. */
async function chatIdOf(kind: string): Promise<number> {
  const found = (await updates()).findLast((update) => kind in update)?.[kind];
  if (!found) throw new Error(`no ${kind} among the updates`);
  return (found as { chat: { id: number } }).chat.id;
}

/** The page of another sandbox at the same address. */
async function reopen(machine: Machine): Promise<void> {
  await sandbox.stop();
  sandbox = await startSandbox({ machine });
  server.removeAllListeners('request').on('request', sandbox.handle);
  state = {};
  listen().catch(() => undefined);
  await until(() => state['newsroom']);
}

beforeEach(async () => {
  state = {};
  listening = new AbortController();
  sandbox = await startSandbox();
  server = createServer(sandbox.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  page = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  listen().catch(() => undefined);
  await until(() => state['newsroom']);
});

afterEach(async () => {
  listening.abort();
  await sandbox.stop();
  server.closeAllConnections();
  server.close();
});

describe('the sandbox page', () => {
  it('serves itself, without a word to the network', async () => {
    const response = await fetch(page);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    const html = await response.text();
    expect(html).not.toMatch(/(?:src|href)="https?:/);
    for (const [, name] of html.matchAll(/(?:src|href)="([a-z.]+\.(?:js|css))"/g))
      expect((await fetch(`${page}/${name}`)).status).toBe(200);
  });

  it('shows what the bot wrote, at once and with its preview, and an edit as an edit', async () => {
    expect(chat('be').begin).toBe('start');
    await act('begin', { chat: 'be' });
    const id = await chatIdOf('message');
    const [story] = stories();
    const link = `${new URL(sandbox.settings()['SOURCE_BE'] ?? '').origin}${story?.versions['be']?.path}`;
    await bot('sendMessage', {
      chat_id: id,
      text: '<b>Навіна</b>',
      parse_mode: 'HTML',
      link_preview_options: { url: link, prefer_large_media: true, show_above_text: true },
      reply_markup: { inline_keyboard: [[{ text: 'Чытаць тут', callback_data: 'read:1:0' }]] },
    });
    await until(() => chat('be').messages.length === 2);
    const [start, shown] = chat('be').messages;
    expect(start).toMatchObject({ text: '/start', mine: true });
    expect(shown).toMatchObject({
      text: 'Навіна',
      mine: false,
      edited: false,
      preview: {
        title: story?.versions['be']?.headline,
        href: story?.versions['be']?.path,
        large: true,
        above: true,
      },
      buttons: [[{ text: 'Чытаць тут', kind: 'press' }]],
    });
    await bot('editMessageText', { chat_id: id, message_id: shown?.id, text: 'Новая' });
    await until(() => chat('be').messages[1]?.edited);
    await bot('deleteMessage', { chat_id: id, message_id: shown?.id });
    await until(() => chat('be').messages.length === 1);
  });

  it('gives a press to the bot and its answer to the reader', async () => {
    await act('begin', { chat: 'en' });
    const markup = { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] };
    await bot('sendMessage', { chat_id: await chatIdOf('message'), text: 'x', reply_markup: markup });
    await until(() => chat('en').messages.length === 2);
    const pressed = act('press', { chat: 'en', message: chat('en').messages[1]?.id, data: 'a' });
    let query: { id: string } | undefined;
    await expect
      .poll(async () => (query = (await updates()).at(-1)?.['callback_query'] as typeof query), {
        timeout: 5000,
      })
      .toBeTruthy();
    await bot('answerCallbackQuery', { callback_query_id: query?.id, text: 'Done', show_alert: true });
    expect((await pressed).answer).toMatchObject({ text: 'Done', alert: true });
  });

  it('offers the commands of the reader’s own language, else the general ones', async () => {
    await bot('setMyCommands', { commands: [{ command: 'news', description: 'News' }] });
    await bot('setMyCommands', {
      commands: [{ command: 'naviny', description: 'Навіны' }],
      scope: { type: 'all_private_chats' },
      language_code: 'be',
    });
    await until(() => chat('be').commands.some(({ command }) => command === 'naviny'));
    expect(chat('de').commands).toMatchObject([{ command: 'news' }]);
  });

  it('lets the editor choose a channel by the bot’s button, and nobody else', async () => {
    const key = {
      text: 'My channel',
      request_chat: {
        request_id: 7,
        chat_is_channel: true,
        bot_administrator_rights: { can_post_messages: true },
      },
    };
    for (const reader of ['ru', 'editor']) {
      await act('begin', { chat: reader });
      await bot('sendMessage', {
        chat_id: await chatIdOf('message'),
        text: 'Which?',
        reply_markup: { keyboard: [[key]], one_time_keyboard: true },
      });
      await until(() => chat(reader).keyboard);
    }
    const button = chat('editor').keyboard?.rows[0]?.[0];
    expect(button).toMatchObject({ text: 'My channel', kind: 'chat' });
    expect((await act('keyboard', { chat: 'ru', button })).status).toBe(400);
    expect((await act('keyboard', { chat: 'editor', button })).status).toBe(200);
    await until(() => chat('channel').bot.rights.includes('can_post_messages'));
    await until(() => !chat('editor').keyboard);
  });

  it('posts to a channel, writes into a topic, and adds and removes the bot there', async () => {
    await act('add-bot', { chat: 'channel', rights: ['can_post_messages'] });
    await act('send', { chat: 'channel', text: '/subscribe be' });
    const [topic] = chat('group').topics;
    await act('send', { chat: 'group', text: 'hello', thread: topic?.id });
    await until(
      () => chat('channel').bot.present && chat('group').messages.some(({ text }) => text === 'hello'),
    );
    expect(chat('group').messages.at(-1)).toMatchObject({ thread: topic?.id, mine: true });
    expect((await updates()).some((update) => 'channel_post' in update)).toBe(true);
    await act('remove-bot', { chat: 'channel' });
    await until(() => !chat('channel').bot.present);
  });

  it('gives two rights in a row and takes the one that is meant', async () => {
    await act('add-bot', { chat: 'channel', rights: ['can_post_messages'] });
    const turn = (right: string, on: boolean) => act('right', { chat: 'channel', right, on });
    await turn('can_edit_messages', true);
    await turn('can_delete_messages', true);
    await turn('can_post_messages', false);
    await until(() => chat('channel').bot.rights.join() === 'can_edit_messages,can_delete_messages');
  });

  it('has a second channel, whose post the editor forwards to the bot', async () => {
    await act('begin', { chat: 'editor' });
    await act('send', { chat: 'second', text: 'Ours' });
    await until(() => chat('second').messages.length === 1);
    await act('forward-post', { chat: 'second', message: chat('second').messages[0]?.id });
    const told = (await updates()).at(-1)?.['message'] as
      | { text: string; forward_origin: object }
      | undefined;
    expect(told).toMatchObject({ text: 'Ours', forward_origin: { type: 'channel' } });
    expect((await act('forward-post', { chat: 'second', message: 99 })).status).toBe(400);
  });

  it('shares what was found inline into the group, for who is in it', async () => {
    const found = act('inline', { chat: 'ru', words: 'мост' });
    let query: { id: string } | undefined;
    await expect
      .poll(async () => (query = (await updates()).at(-1)?.['inline_query'] as typeof query), {
        timeout: 5000,
      })
      .toBeTruthy();
    const result = {
      type: 'article',
      id: 'a',
      title: 'Мост',
      input_message_content: { message_text: 'Мост открыли' },
    };
    await bot('answerInlineQuery', { inline_query_id: query?.id, results: [result] });
    expect((await found).answer).toMatchObject({ results: [{ id: 'a', title: 'Мост' }] });
    await act('choose', { chat: 'ru', result: 'a', into: 'group' });
    await until(() => chat('group').messages.some(({ text }) => text === 'Мост открыли'));
    expect(chat('ru').messages).toEqual([]);
  });

  it('publishes, corrects and withdraws at the newsroom, and tells which story continues which', async () => {
    const draft = (headline: string) => ({ en: { headline, lead: 'Lead.', body: '', rubric: 'Society' } });
    await act('publish', { piece: draft('First'), sample: 'mine' });
    await until(() => stories()[0]?.versions['en']?.headline === 'First');
    const { piece = 0 } = stories()[0] ?? {};
    await act('publish', { piece: draft('Second'), follows: piece });
    await until(() => stories()[0]?.versions['en']?.headline === 'Second');
    const second = stories()[0]?.versions['en'];
    expect(await (await fetch(`${page}${second?.path}`)).text()).toContain('Also read: <a href');
    await act('correct', { id: second?.id, patch: { headline: 'Second, corrected', lead: 'Lead.' } });
    await until(() => stories()[0]?.versions['en']?.headline === 'Second, corrected');
    await act('withdraw', { piece: stories()[0]?.piece });
    await until(() => stories()[0]?.versions['en']?.status === 404);
    expect((await fetch(`${page}${second?.path}`)).status).toBe(404);
  });

  it('knows in which languages a text is out already, also with a letter mended, and that a withdrawn one is not', async () => {
    await reopen({ ...NO_MACHINE, isSame });
    const draft = (lead: string) => ({ headline: lead, lead, body: '', rubric: '' });
    const out = async (piece: object) => (await act('out-already', { piece })).answer['tongues'];
    await act('publish', { piece: { en: draft('The footbridge is open.') } });
    const all = { be: draft('Масток адкрыты.'), en: draft('The footbridge is open.') };
    expect(await out(all)).toEqual(['en']);
    expect(await out({ en: draft('The footbrige is open.') })).toEqual(['en']);
    expect(await out({ en: draft('The footbridge is closed.') })).toEqual([]);
    await until(() => stories()[0]?.versions['en']?.headline === 'The footbridge is open.');
    await act('withdraw', { piece: stories()[0]?.piece });
    expect(await out(all)).toEqual([]);
  });

  it('refuses what another site sends, and says what is wrong with what it cannot do', async () => {
    expect((await act('reset', {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await act('reset', {}, { 'content-type': 'text/plain' })).status).toBe(403);
    expect((await act('constructor')).status).toBe(404);
    expect(await act('send', { chat: 'be', text: ' ' })).toMatchObject({
      status: 400,
      answer: { word: 'refused-empty' },
    });
    expect((await act('send', { chat: 'nobody', text: 'x' })).status).toBe(400);
    expect((await act('outage', { kind: 'earthquake' })).status).toBe(400);
    expect((await act('publish', { piece: {} })).status).toBe(400);
  });

  it('lets a reader block the bot and come back', async () => {
    await act('begin', { chat: 'ru' });
    await act('block', { chat: 'ru' });
    await until(() => chat('ru').begin === 'again');
    expect((await act('send', { chat: 'ru', text: 'x' })).status).toBe(400);
    await act('begin', { chat: 'ru' });
    await until(() => chat('ru').begin === undefined && chat('ru').messages.length === 2);
  });
});

describe('Reset all', () => {
  /** A machine whose end can be awaited, and what was done to it. */
  function watched() {
    const done: string[] = [];
    const gate = Promise.withResolvers<void>();
    const machine = {
      ...NO_MACHINE,
      clear: async () => {
        done.push('clear');
        await gate.promise;
      },
      start: async () => void done.push('start'),
      forward: () => void done.push('forward'),
    };
    return { machine, done, ended: gate.resolve };
  }

  it('is one at a time, moves no clock of the next world and lets nobody act meanwhile', async () => {
    const { machine, done, ended } = watched();
    await reopen(machine);
    const moves = act('forward', { ms: 48 * 3_600_000 });
    await until(() => done.includes('forward'));
    const resets = [act('reset-all'), act('reset-all')];
    await until(() => done.includes('clear'));
    expect(await act('flood')).toMatchObject({ status: 400, answer: { word: 'refused-resetting' } });
    ended();
    for (const { status } of await Promise.all(resets)) expect(status).toBe(200);
    expect((await moves).status).toBe(200);
    await until(() => done.includes('start'));
    expect(done.filter((what) => what !== 'forward')).toEqual(['clear', 'start']);
    expect(done.lastIndexOf('forward')).toBeLessThan(done.indexOf('clear'));
    expect(sandbox.ahead()).toBe(0);
  });

  it('tells whoever pressed it what stands in the way, and the world goes on', async () => {
    expect(await act('reset-all')).toMatchObject({ status: 400, answer: { word: 'refused-elsewhere' } });
    const before = sandbox.ahead();
    expect((await act('forward', { ms: 60_000 })).status).toBe(200);
    expect(sandbox.ahead()).toBe(before + 60_000);
  });
});
