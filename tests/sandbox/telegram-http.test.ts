import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { until } from '#testing/delivery.ts';
import { stageForEach } from './bot-api.ts';

const stage = stageForEach();
const address = (path: string) => `${stage.telegram.url}${path}`;
const call = (method: string, init: RequestInit = {}, token = stage.telegram.token) =>
  fetch(address(`/bot${token}/${method}`), { signal: AbortSignal.timeout(5000), ...init });
const json = (body: unknown): RequestInit => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
});

describe('the Bot API over HTTP', () => {
  it('takes parameters as query, form, multipart and JSON, and method names in any case', async () => {
    const [id = 0] = stage.telegram.people(1);
    const fields = { chat_id: String(id), text: 'Прывітанне & <b>', disable_notification: 'true' };
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    const answers = await Promise.all([
      call(`SENDMESSAGE?${new URLSearchParams(fields).toString()}`),
      call('sendMessage', { method: 'POST', body: new URLSearchParams(fields) }),
      call('sendmessage', { method: 'POST', body: form }),
      call('sendMessage', json({ ...fields, chat_id: id, disable_notification: true })),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const messages = stage.telegram.person({ id }).messages();
    expect(new Set(messages.map(({ text, silent }) => `${text} ${silent}`))).toEqual(
      new Set(['Прывітанне & <b> true']),
    );
  });

  it('answers with the status of its error code', async () => {
    const status = async (response: Response) => [
      response.status,
      ((await response.json()) as { description: string }).description,
    ];
    expect(await status(await call('getMe', {}, '12:nobody'))).toEqual([401, 'Unauthorized']);
    expect(await status(await call('getMe', {}, 'x'))).toEqual([
      401,
      'Unauthorized: invalid token specified',
    ]);
    expect(await status(await call('getYou'))).toEqual([404, 'Not Found: method not found']);
    expect(await status(await fetch(address('/')))).toEqual([404, 'Not Found']);
    expect(await status(await call('sendMessage', json([])))).toEqual([
      400,
      "Bad Request: can't parse the request",
    ]);
  });

  it('repeats a wait in the header of a 429', async () => {
    stage.telegram.faults.add({ kind: 'too-many', method: 'getMe', retryAfter: 7 });
    const response = await call('getMe');
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7']);
  });
});

describe('a bad day', () => {
  it('breaks before or after the message was taken, as ordered', async () => {
    const [chat_id = 0] = stage.telegram.people(1);
    const { faults } = stage.telegram;
    faults.script('sendMessage', [
      'reset-before',
      'reset-after',
      'gateway-timeout',
      'bad-gateway',
      'forbidden',
      'malformed',
      'server-error',
      undefined,
    ]);
    const seen: (number | string)[] = [];
    for (let i = 0; i < 8; i++) {
      const response = await call('sendMessage', json({ chat_id, text: `${i}` })).catch(() => 'broken');
      if (typeof response === 'string') seen.push(response);
      else
        seen.push(
          (await response
            .text()
            .then((text) => JSON.parse(text) as unknown)
            .catch(() => 'unreadable')) === 'unreadable'
            ? `${response.status} unreadable`
            : response.status,
        );
    }
    expect(seen).toEqual([
      'broken',
      'broken',
      '504 unreadable',
      '502 unreadable',
      '403 unreadable',
      '200 unreadable',
      500,
      200,
    ]);
    expect(stage.telegram.deliveries().map(({ message }) => message.wire.text)).toEqual(['1', '2', '5', '7']);
  });

  it('strikes one chat, a number of times, with any refusal', async () => {
    const [one = 0, two = 0] = stage.telegram.people(2);
    stage.telegram.faults.add({
      kind: 'refuse',
      chatId: two,
      times: 1,
      code: 403,
      description: 'Forbidden: nothing',
    });
    const send = (chat_id: number) => stage.refusal('sendMessage', { chat_id, text: 'x' });
    expect([await send(one), await send(two), await send(two)]).toEqual([
      'ok',
      '403 Forbidden: nothing',
      'ok',
    ]);
  });

  it('repeats itself exactly from the same seed', async () => {
    const [chat_id = 0] = stage.telegram.people(1);
    stage.telegram.faults.add({ kind: 'server-error', probability: 0.5 });
    const day = [];
    for (let i = 0; i < 20; i++) day.push(await stage.refusal('sendMessage', { chat_id, text: 'x' }));
    expect(day.map((answer) => (answer === 'ok' ? '.' : 'x')).join('')).toMatchInlineSnapshot(
      `"x...x..x.xxxxxxxxx.x"`,
    );
  });

  it('never answers where a call hangs, until the server is closed', async () => {
    stage.telegram.faults.add({ kind: 'hang', method: 'getMe' });
    await expect(call('getMe', { signal: AbortSignal.timeout(50) })).rejects.toThrow('timeout');
    const hanging = stage.telegram.handle(stage.telegram.token, 'getMe');
    const ended = expect(hanging).rejects.toThrow('closed');
    await stage.telegram.close();
    await ended;
  });
});

describe('a webhook', () => {
  it('gets each update with the secret, in order, again until it takes it, and may answer with a call', async () => {
    const got: { secret: unknown; text: unknown }[] = [];
    let failures = 1;
    const read = async (request: IncomingMessage) => {
      let body = '';
      for await (const part of request) body += String(part);
      return JSON.parse(body) as { message: { text: string; chat: { id: number } } };
    };
    const server = createServer((request, response) => {
      void read(request).then(({ message }) => {
        got.push({ secret: request.headers['x-telegram-bot-api-secret-token'], text: message.text });
        response.writeHead(failures-- > 0 ? 500 : 200, { 'content-type': 'application/json' });
        response.end(
          JSON.stringify({ method: 'sendMessage', chat_id: message.chat.id, text: `echo ${message.text}` }),
        );
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    expect(await stage.call('setWebhook', { url, secret_token: 'sesame' })).toMatchObject({
      description: 'Webhook was set',
    });
    expect(await stage.refusal('getUpdates')).toBe(
      "409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
    const reader = stage.telegram.person();
    reader.send('one');
    reader.send('two');
    await until(stage.clock, () => got.length >= 3);
    expect(got).toEqual(['one', 'one', 'two'].map((text) => ({ secret: 'sesame', text })));
    await until(stage.clock, () => reader.messages().length >= 4);
    expect(reader.messages().map(({ text }) => text)).toEqual(['one', 'two', 'echo one', 'echo two']);
    expect(await stage.get('getWebhookInfo')).toMatchObject({
      url,
      pending_update_count: 0,
      last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
    });
    expect(await stage.call('deleteWebhook')).toMatchObject({ ok: true, description: 'Webhook was deleted' });
    server.close();
  });

  it.each([
    ['http://example.org/', '400 Bad Request: bad webhook: An HTTPS URL must be provided for webhook'],
    [
      'https://example.org:81/',
      '400 Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443',
    ],
  ])('is not set to %s', async (url, refusal) => {
    expect(await stage.refusal('setWebhook', { url })).toBe(refusal);
  });
});

describe('the server as a process', () => {
  it('prints its address, does what its stage door is told, and ends with SIGTERM', async () => {
    const script = join(import.meta.dirname, '../../sandbox/telegram/server.ts');
    const limits = ['--limit', '2', '--window', '60000'];
    const child = spawn(process.execPath, [script, ...limits, '--people', '3', '--latency', '1-2'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const { url, token } = JSON.parse(line.toString()) as { url: string; token: string };
    const door = async (path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST') =>
      (
        await fetch(`${url}/_sandbox/${path}`, {
          method,
          headers: { authorization: `Bearer ${token}` },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        })
      ).json();
    expect((await fetch(`${url}/_sandbox/info`)).status).toBe(401);
    const foreign = { authorization: `Bearer ${token}`, origin: 'https://evil.example' };
    expect((await fetch(`${url}/_sandbox/people`, { method: 'POST', headers: foreign })).status).toBe(421);
    const send = async (chat_id: number) =>
      (await fetch(`${url}/bot${token}/sendMessage`, json({ chat_id, text: 'x' }))).status;
    expect(await Promise.all([1_000_001, 1_000_002, 1_000_003].map(send))).toEqual(
      expect.arrayContaining([200, 200, 429]),
    );
    expect(await door('limits', {})).toBeNull();
    expect(await door('latency', { latency: 0 })).toBeNull();
    const [channel] = (await door('channels', { count: 2 })) as [number];
    expect(await send(channel)).toBe(200);
    expect(await door('person/42/start', ['be'])).toBe(3);
    expect(await door(`chat/${channel}/messages`, [])).toMatchObject([{ text: 'x', fromBot: true }]);
    expect(await door(`chat/${channel}/removeBot`, [{ person: 42 }])).toBeNull();
    expect(await send(channel)).toBe(403);
    expect(await door('faults', { kind: 'server-error', times: 1 })).toBeNull();
    expect(await send(42)).toBe(500);
    expect(await door('counters')).toMatchObject({ accepted: 3, tooMany: 1, faults: 1 });
    expect(await door('deliveries?since=2')).toMatchObject([{ chatId: channel, text: 'x' }]);
    expect(await door('person/42/fly', [])).toEqual({ error: 'no verb fly' });
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});
