import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { beatHeart, createRinger, type Outside } from '#src/app/outside.ts';
import { CONDITIONS, createConditions } from '#src/conditions.ts';
import { HOUR, MINUTE, SECOND } from '#src/time.ts';
import { movedClock, type MovedClock } from '#testing/clock.ts';
import { pass, until } from '#testing/delivery.ts';
import { silentLogger } from '#testing/log.ts';

let server: Server;
let url: string;
let clock: MovedClock;
let stop: AbortController;
let outside: Outside;
let folder: string;
let path: string;
let answers: number[];
let otherwise: number;
/** Where a path sends on to, and with what status. */
let moved: Readonly<Record<string, string>>;
let sentOnWith: number;
const heard: string[] = [];
const accounts = new Set<string | undefined>();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pozirk-outside-'));
  path = join(folder, 'alarms');
  otherwise = 200;
  moved = {};
  sentOnWith = 301;
  accounts.clear();
  answers = [];
  heard.length = 0;
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += part));
    request.on('end', () => {
      heard.push(`${request.method} ${request.url} ${body}`);
      accounts.add(request.headers.authorization);
      const location = moved[request.url ?? ''];
      if (location === undefined) response.writeHead(answers.shift() ?? otherwise).end('ok');
      else response.writeHead(sentOnWith, { location }).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/topic`;
  clock = movedClock(0);
  stop = new AbortController();
  outside = { clock, log: silentLogger, signal: stop.signal };
});
afterEach(async () => {
  stop.abort();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

it('an alarm is a plain POST, and is brought again until it is taken', async () => {
  answers = [500, 503];
  createRinger(url, path, outside)('Redis is full');
  await until(clock, () => heard.length === 3, MINUTE);
  await pass(clock, 10 * MINUTE);
  expect(heard).toEqual(Array.from({ length: 3 }, () => 'POST /topic Redis is full'));
});

it('an alarm that is sent on within its host comes with its words; elsewhere it is not taken', async () => {
  moved = { '/topic': '/other' };
  createRinger(url, path, outside)('Redis is full');
  await until(clock, () => heard.length === 2, MINUTE);
  expect(heard).toEqual(['POST /topic Redis is full', 'POST /other Redis is full']);
  moved = { '/topic': url.replace('127.0.0.1', 'localhost'), '/loop': '/loop' };
  createRinger(url, join(folder, 'elsewhere'), outside)('The disk is full');
  createRinger(url.replace('topic', 'loop'), join(folder, 'loop'), outside)('It goes round');
  await pass(clock, MINUTE);
  expect(heard.filter((line) => line.includes('disk')).length).toBeGreaterThan(1);
  for (const file of ['elsewhere', 'loop']) expect(readFileSync(join(folder, file), 'utf8')).not.toBe('[]');
});

it('an alarm with a login is not sent on from https to http', async () => {
  const location = 'http://town.example/topic';
  const asked = vi
    .spyOn(globalThis, 'fetch')
    .mockImplementation(async () => new Response(null, { status: 301, headers: { location } }));
  createRinger('https://bot:secret@town.example/topic', path, outside)('Redis is full');
  await until(clock, () => asked.mock.calls.length > 1, MINUTE);
  expect([...new Set(asked.mock.calls.map(([to]) => (to instanceof URL ? to.href : to)))]).toEqual([
    'https://town.example/topic',
  ]);
  asked.mockRestore();
});

it('an alarm goes on to another host where that is to have its words, without the login, and is taken where all was heard', async () => {
  const taken = join(folder, 'taken');
  moved = { '/topic': url.replace('127.0.0.1', 'localhost').replace('topic', 'other') };
  sentOnWith = 308;
  createRinger(url.replace('//', '//bot:secret@'), path, outside)('Redis is full');
  await until(clock, () => heard.includes('POST /other Redis is full'), MINUTE);
  expect(accounts).toContain(undefined);
  sentOnWith = 303;
  createRinger(url, taken, outside)('The disk is full');
  await pass(clock, 10 * MINUTE);
  expect(heard.filter((line) => line.includes('disk'))).toEqual(['POST /topic The disk is full']);
});

it.each([false, true])(
  'an alarm comes before the word that ends it, and both say when they were; a restart in between: %s',
  async (restarts) => {
    otherwise = 503;
    let ring = createRinger(url, path, outside);
    ring('Redis is full');
    await pass(clock, 15 * MINUTE);
    if (restarts) {
      stop.abort();
      stop = new AbortController();
      ring = createRinger(url, path, { ...outside, signal: stop.signal });
    }
    ring('Redis takes what is written again');
    await until(clock, () => heard.length > 1, MINUTE);
    expect(new Set(heard)).toEqual(
      new Set(['POST /topic Redis is full', 'POST /topic Redis is full\n(1970-01-01 00:00 UTC)']),
    );
    await pass(clock, 5 * MINUTE);
    otherwise = 200;
    heard.length = 0;
    await until(clock, () => heard.length > 1, 10 * MINUTE);
    expect(heard).toEqual([
      'POST /topic Redis is full\n(1970-01-01 00:00 UTC)',
      'POST /topic Redis takes what is written again\n(1970-01-01 00:15 UTC)',
    ]);
    expect(readFileSync(path, 'utf8')).toBe('[]');
  },
);

it('a new alarm is told at once, however long the rest of those before it', async () => {
  otherwise = 503;
  const ring = createRinger(url, path, outside);
  ring('first');
  await pass(clock, 20 * MINUTE);
  otherwise = 200;
  heard.length = 0;
  ring('second');
  await until(clock, () => heard.length === 2, SECOND);
});

it('an alarm that nobody took for a day is not told any more', async () => {
  writeFileSync(path, JSON.stringify([[clock.now() - 25 * HOUR, 'Redis is full']]));
  createRinger(url, path, outside)('the disk is full');
  await until(clock, () => heard.length > 0, SECOND);
  expect(heard).toEqual(['POST /topic the disk is full']);
});

it('an address with a user and a password is asked with them in a header', async () => {
  const named = url.replace('//', '//op:p%40ss@');
  createRinger(named, path, outside)('Redis is full');
  await until(clock, () => heard.length === 1, MINUTE);
  const conditions = createConditions();
  for (const name of CONDITIONS) conditions.holds(name);
  void beatHeart(named, conditions, { isOurs: true }, outside);
  await until(clock, () => heard.length === 2, MINUTE);
  expect(heard).toEqual(['POST /topic Redis is full', 'GET /topic ']);
  expect([...accounts]).toEqual([`Basic ${Buffer.from('op:p@ss').toString('base64')}`]);
});

it('the heart beats once a minute while the news can get out, in the process that brings it', async () => {
  const conditions = createConditions();
  const charge = { isOurs: true };
  void beatHeart(url, conditions, charge, outside);
  await pass(clock, 2 * MINUTE);
  expect(heard).toEqual([]);
  for (const name of CONDITIONS) conditions.holds(name);
  await until(clock, () => heard.length > 0, 5 * SECOND);
  await pass(clock, 5 * MINUTE);
  expect(heard.length).toBeGreaterThanOrEqual(5);
  expect(heard.length).toBeLessThanOrEqual(7);
  expect(heard[0]).toBe('GET /topic ');
  for (const silence of [
    () => conditions.fails('telegram', 'away'),
    () => conditions.fails('lag', 'late'),
    () => conditions.fails('paused', 'for too long'),
    () => (charge.isOurs = false),
  ]) {
    silence();
    await pass(clock, MINUTE);
    const before = heard.length;
    await pass(clock, 3 * MINUTE);
    expect(heard.length).toBe(before);
    for (const name of CONDITIONS) conditions.holds(name);
    await until(clock, () => heard.length > before || !charge.isOurs, 2 * MINUTE);
  }
});
