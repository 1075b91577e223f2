import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepWebhook } from '#src/app/watch-updates.ts';
import { runUpdates, takeUpdates } from '#src/bot/updates.ts';
import { subscribe } from '#src/desk/chats/subscribe.ts';
import type { Desk } from '#src/desk/desk.ts';
import type { ChatClient } from '#sandbox/telegram/telegram.ts';
import { HOUR, MINUTE } from '#src/time.ts';
import { channel as channelOf, pass, publish, until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';
import { snapshot } from '#testing/rolled-back.ts';

/** Rights that Telegram's app switches on when somebody makes a bot an administrator. */
const USUAL = ['can_post_messages', 'can_edit_messages', 'can_delete_messages'];

let stage: Stage;
let channel: ChatClient;
let stop: AbortController;
let ends: Promise<unknown>[];

beforeEach(async () => {
  stage = await openStage();
  channel = stage.telegram.channel();
  channel.addBot(USUAL);
  await subscribe(stage.desk, channelOf(channel.id), 'en');
  stop = new AbortController();
  ends = [];
});

afterEach(async () => {
  stop.abort();
  await Promise.all(ends);
  await stage.close();
});

const editorsSay = (text: string) => channel.post(channel.owner, text);

/** Reads updates and delivers until the test is over. */
async function live(desk: Desk = stage.desk): Promise<void> {
  ends.push(runUpdates(stage.bot, desk, stop.signal));
  await pass(stage.clock, 5000);
  await stage.deliver(desk);
}

const standing = () =>
  channel
    .messages()
    .filter(({ fromBot, service }) => fromBot && !service)
    .map(({ text }) => text.split('\n')[0]);

const touched = () => channel.history().filter(({ fromBot, versions }) => !fromBot && versions.length > 1);

/** A desk that lets `before` happen right before the first call of `method` is made. */
function deskThat(method: string, before: () => void): Desk {
  const { desk } = stage;
  let isOver = false;
  const call: Desk['telegram']['call'] = (name, ...rest) => {
    if (name === method && !isOver) {
      isOver = true;
      before();
    }
    return desk.telegram.call(name, ...rest);
  };
  return { ...desk, telegram: { ...desk.telegram, call } };
}

const breakSending = (kind: 'reset-before' | 'reset-after') =>
  stage.telegram.faults.add({ kind, method: 'sendMessage', chatId: channel.id, times: 1 });

const unasked = async () =>
  Object.fromEntries(
    (await stage.desk.status.unasked.get()).values
      .filter(({ value }) => value > 0)
      .map(({ labels, value }) => [labels.reason, value]),
  );

describe('in a channel where the bot may edit posts of others, a story whose sending broke off', () => {
  it('stands once and where it arrived, between the posts of editors', async () => {
    editorsSay('Before');
    await live();
    await publish(stage.desk, 'en', { headline: 'One' });
    await until(stage.clock, () => standing().length === 1);
    editorsSay('Between');
    breakSending('reset-after');
    await publish(stage.desk, 'en', { headline: 'Two' });
    await until(stage.clock, () => standing().length === 2);
    editorsSay('After');
    await pass(stage.clock, MINUTE);
    await publish(stage.desk, 'en', { headline: 'Three' });
    await pass(stage.clock, MINUTE);
    expect(channel.messages().map(({ text }) => text.split('\n')[0])).toEqual([
      'Before',
      'One',
      'Between',
      'Two',
      'After',
      'Three',
    ]);
    expect(touched()).toEqual([]);
    expect(await unasked()).toEqual({});
  });

  it('is not taken for the one before it, of which Redis lost the number', async () => {
    editorsSay('Before');
    await live();
    await publish(stage.desk, 'en', { headline: 'One' });
    await until(stage.clock, () => standing().length === 1);
    const rollBack = await snapshot(stage, '*:h[ei]*');
    await publish(stage.desk, 'en', { headline: 'Two' });
    await until(stage.clock, () => standing().length === 2);
    await pass(stage.clock, 5000);
    await rollBack();
    breakSending('reset-before');
    await publish(stage.desk, 'en', { headline: 'Three' });
    await pass(stage.clock, MINUTE);
    expect(standing()).toEqual(['One', 'Two', 'Three']);
  });

  it('is sent again where it did not arrive', async () => {
    editorsSay('Before');
    await live();
    breakSending('reset-before');
    await publish(stage.desk, 'en', { headline: 'One' });
    await pass(stage.clock, MINUTE);
    expect(standing()).toEqual(['One']);
    expect(touched()).toEqual([]);
  });

  it('leaves alone what an editor posts in the very moment of asking', async () => {
    editorsSay('Before');
    await live(deskThat('editMessageReplyMarkup', () => void editorsSay('At once')));
    breakSending('reset-before');
    await publish(stage.desk, 'en', { headline: 'One' });
    await pass(stage.clock, MINUTE);
    expect(standing()).toEqual(['One']);
    expect(channel.messages().map(({ text }) => text)).toContain('At once');
    expect(touched()).toEqual([]);
  });

  it('is found although updates cannot be read for a while and editors go on posting', async () => {
    editorsSay('Before');
    await live();
    await publish(stage.desk, 'en', { headline: 'One' });
    await until(stage.clock, () => standing().length === 1);
    stage.telegram.faults.add({ kind: 'bad-gateway', method: 'getUpdates', times: 4 });
    breakSending('reset-after');
    await publish(stage.desk, 'en', { headline: 'Two' });
    await until(stage.clock, () => standing().length === 2);
    for (let post = 0; post < 30; post += 1) editorsSay(`Busy ${post}`);
    await pass(stage.clock, 2 * MINUTE);
    expect(standing()).toEqual(['One', 'Two']);
    expect(touched()).toEqual([]);
  });

  it('waits while updates cannot be read for minutes, although the clock is set meanwhile', async () => {
    editorsSay('Before');
    await live();
    await publish(stage.desk, 'en', { headline: 'One' });
    await until(stage.clock, () => standing().length === 1);
    const over = stage.telegram.faults.add({ kind: 'bad-gateway', method: 'getUpdates' });
    breakSending('reset-after');
    await publish(stage.desk, 'en', { headline: 'Two' });
    await until(stage.clock, () => standing().length === 2);
    stage.clock.set(HOUR);
    await pass(stage.clock, 6 * MINUTE);
    over();
    await pass(stage.clock, 3 * MINUTE);
    expect(standing()).toEqual(['One', 'Two']);
  });

  it('is not asked for where another bot may post, which is counted', async () => {
    editorsSay('Before');
    const other = stage.telegram.addBot({ token: `8888888:${'b'.repeat(35)}` });
    channel.addBot(['can_post_messages'], undefined, { bot: other });
    await live();
    breakSending('reset-after');
    await publish(stage.desk, 'en', { headline: 'One' });
    await pass(stage.clock, MINUTE);
    expect(standing()).toEqual(['One', 'One']);
    expect(await unasked()).toEqual({ other_bot: 1 });
  });

  it('is not asked for after a silence in which Telegram drops updates', async () => {
    editorsSay('Before');
    await live();
    await publish(stage.desk, 'en', { headline: 'One' });
    await until(stage.clock, () => standing().length === 1);
    await pass(stage.clock, 2 * MINUTE);
    const away = stage.telegram.faults.add({ kind: 'bad-gateway', method: 'getUpdates' });
    editorsSay('Unheard');
    await pass(stage.clock, 26 * HOUR, 10 * MINUTE);
    away();
    await pass(stage.clock, 2 * MINUTE);
    breakSending('reset-after');
    await publish(stage.desk, 'en', { headline: 'Two' });
    await pass(stage.clock, MINUTE);
    expect(standing()).toEqual(['One', 'Two', 'Two']);
    expect(touched()).toEqual([]);
    expect(await unasked()).toEqual({ unknown_start: 1 });
  });

  it('is asked for although somebody sets the clock of the machine a day ahead and back', async () => {
    editorsSay('Before');
    await live();
    await publish(stage.desk, 'en', { headline: 'One' });
    await until(stage.clock, () => standing().length === 1);
    await pass(stage.clock, 2 * MINUTE);
    for (const by of [25 * HOUR, -25 * HOUR]) {
      stage.clock.set(by);
      editorsSay('Between');
      await pass(stage.clock, 2 * MINUTE);
    }
    breakSending('reset-after');
    await publish(stage.desk, 'en', { headline: 'Two' });
    await pass(stage.clock, MINUTE);
    expect(standing()).toEqual(['One', 'Two']);
    expect(await unasked()).toEqual({});
  });

  it('is not asked for where the bot was away from the channel, until its next post', async () => {
    editorsSay('Before');
    await live();
    await publish(stage.desk, 'en', { headline: 'One' });
    await until(stage.clock, () => standing().length === 1);
    channel.removeBot();
    editorsSay('Unheard');
    channel.addBot(USUAL);
    await pass(stage.clock, MINUTE);
    await subscribe(stage.desk, channelOf(channel.id), 'en');
    breakSending('reset-after');
    await publish(stage.desk, 'en', { headline: 'Two' });
    await pass(stage.clock, MINUTE);
    expect(touched()).toEqual([]);
    expect(await unasked()).toEqual({ unknown_start: 1 });
    breakSending('reset-after');
    await publish(stage.desk, 'en', { headline: 'Three' });
    await pass(stage.clock, MINUTE);
    expect(standing()).toEqual(['One', 'Two', 'Two', 'Three']);
  });

  it('stands once with a webhook too', async () => {
    const { desk, bot, clock, telegram } = stage;
    type Given = Parameters<typeof takeUpdates>[2][number];
    const receive = async (request: IncomingMessage, response: ServerResponse) => {
      const update = (await json(request)) as Given;
      await takeUpdates(bot, desk, [update]);
      response.end();
    };
    const server = createServer((request, response) => void receive(request, response)).listen(
      0,
      '127.0.0.1',
    );
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/hook`;
    await telegram.handle(telegram.token, 'setWebhook', { url, allowed_updates: ['channel_post'] });
    ends.push(keepWebhook(desk, { url }, stop.signal));
    editorsSay('Before');
    await pass(clock, 5000);
    await stage.deliver();
    breakSending('reset-after');
    await publish(desk, 'en', { headline: 'One' });
    await until(clock, () => standing().length === 1);
    editorsSay('After');
    await pass(clock, MINUTE);
    expect(standing()).toEqual(['One']);
    expect(touched()).toEqual([]);
    expect(await unasked()).toEqual({});
    server.close();
    server.closeAllConnections();
  });
});
