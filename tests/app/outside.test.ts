import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { beatHeart, createRinger, type Outside } from '#src/app/outside.ts';
import { CONDITIONS, createConditions } from '#src/conditions.ts';
import { MINUTE, SECOND } from '#src/time.ts';
import { movedClock, type MovedClock } from '#testing/clock.ts';
import { pass, until } from '#testing/delivery.ts';
import { silentLogger } from '#testing/log.ts';

let server: Server;
let url: string;
let clock: MovedClock;
let stop: AbortController;
let outside: Outside;
let answers: number[];
const heard: string[] = [];

beforeEach(async () => {
  answers = [];
  heard.length = 0;
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += part));
    request.on('end', () => {
      heard.push(`${request.method} ${request.url} ${body}`);
      response.writeHead(answers.shift() ?? 200).end('ok');
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
});

it('an alarm is a plain POST, and is brought again until it is taken', async () => {
  answers = [500, 503];
  createRinger(url, outside)('Redis is full');
  await until(clock, () => heard.length === 3, MINUTE);
  await pass(clock, 10 * MINUTE);
  expect(heard).toEqual(Array.from({ length: 3 }, () => 'POST /topic Redis is full'));
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
