import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Desk } from '#src/desk/desk.ts';
import { inherit } from '#src/desk/chats/former.ts';
import { addOwner } from '#src/desk/chats/owners.ts';
import { changeSettings, findChat, pauseChat, subscribe } from '#src/desk/chats/subscribe.ts';
import { rememberShown, shownLately } from '#src/desk/memory/shown.ts';
import { listAllOwners } from '#src/store/owners.ts';
import { createSeal } from '#src/store/seal.ts';
import { SECOND } from '#src/time.ts';
import { pass, until } from '#testing/delivery.ts';
import { openDesk, openStage, publish, type Stage } from '#testing/desk.ts';
import { silentLogger } from '#testing/log.ts';
import { labels, POST, posts, starter, stored, type } from './editor.ts';
import { last, said } from './talk.ts';

let stage: Stage;
/** The desk of the bot that was lost. */
let past: Desk;

beforeAll(async () => {
  stage = await openStage();
  const lost = { token: `7654321:${'x'.repeat(35)}`, url: stage.telegram.url } as Stage['telegram'];
  const { clock, redisUrl } = stage;
  past = openDesk({ clock, telegram: lost, redisUrl, log: silentLogger });
  Object.assign(stage.desk, { former: { store: past.store, seal: past.seal } });
});
afterAll(async () => {
  await past.store.close();
  await stage.close();
});

/** A channel of `owner` that the lost bot led in Belarusian, one post behind. */
async function ledChannel(owner: Awaited<ReturnType<typeof starter>>) {
  const channel = stage.telegram.channel({ owner });
  const place = { id: channel.id, kind: 'channel' } as const;
  const { subscriber } = await subscribe(past, place, 'be');
  await changeSettings(past, place, { style: 'headline' }, 'be');
  await addOwner(past, subscriber, owner.id, 'be');
  return { channel, place };
}

describe('a bot was lost and another one takes its place', () => {
  it('goes on in a channel when it is added: same settings, nothing missed, nothing twice', async () => {
    const owner = await starter(stage);
    const { channel, place } = await ledChannel(owner);
    await publish(stage, 'be', { headline: 'While nobody could post' });
    const offer = await type(stage, owner, '/channels');
    expect(offer.text).toContain('1 channel or group of yours');
    channel.addBot(POST, owner);
    await stage.settle();
    expect(await stored(stage, channel)).toMatchObject({
      state: 'active',
      settings: { edition: 'be', style: 'headline' },
    });
    expect(labels(last(owner))).toContain('Show a post');
    expect(await findChat(past, place)).toBeUndefined();
    const end = await stage.deliver();
    await until(stage.clock, () => posts(channel).length > 0);
    await pass(stage.clock, 20 * SECOND);
    await end();
    expect(posts(channel).filter((text) => text.includes('While nobody could post'))).toHaveLength(1);
    const again = await type(stage, owner, '/channels');
    expect(again.text).not.toContain('former bot');
  });

  it('leaves alone a channel whose owner had paused the news', async () => {
    const owner = await starter(stage);
    const { channel, place } = await ledChannel(owner);
    await pauseChat(past, place);
    channel.addBot(POST, owner);
    await stage.settle();
    expect(await stored(stage, channel)).toMatchObject({ state: 'paused', settings: { style: 'headline' } });
  });

  it('knows a reader who comes by their settings, and asks nobody who does not', async () => {
    const reader = stage.telegram.person({ language: 'en' });
    const chat = { id: reader.id, kind: 'person' } as const;
    await subscribe(past, chat, 'ru');
    await changeSettings(past, chat, { follow: ['Гродно'] }, 'ru');
    await publish(stage, 'ru', { headline: 'Рассказ без читателя' });
    expect(said(reader)).toEqual([]);
    reader.start();
    await stage.settle();
    await type(stage, reader, '/subscribe ru');
    expect(await findChat(stage.desk, chat)).toMatchObject({
      state: 'active',
      settings: { edition: 'ru', follow: ['Гродно'] },
    });
    expect(await findChat(past, chat)).toBeUndefined();
  });

  it('takes no chat of its own for one of the lost bot that had its slot', async () => {
    const { desk, clock, telegram } = stage;
    const chat = { id: telegram.person().id, kind: 'person' } as const;
    const { slot } = (await subscribe(past, chat, 'ru')).subscriber;
    const { shown } = desk.memory;
    const sent = { messageId: 5, shows: ['be1'], eraseAt: 0, isPlace: false };
    rememberShown(shown, { slot, sent, ownSequence: false }, clock.ticks());
    await inherit(desk, chat);
    expect(await findChat(past, chat)).toBeUndefined();
    expect(shownLately(shown, slot, clock.ticks())).toHaveLength(1);
  });

  it('tells with /privacy that something is kept of the lost bot, and forgets it with who blocks this one', async () => {
    const reader = await starter(stage);
    const chat = { id: reader.id, kind: 'person' } as const;
    await subscribe(past, chat, 'en');
    const { text } = await type(stage, reader, '/privacy');
    expect(text).toContain('From our former bot');
    expect(text).not.toContain('I keep nothing');
    reader.block();
    await stage.settle();
    expect(await findChat(past, chat)).toBeUndefined();
  });

  it('forgets what the lost bot knew of whoever says /forget', async () => {
    const reader = await starter(stage);
    const chat = { id: reader.id, kind: 'person' } as const;
    await subscribe(past, chat, 'en');
    const { place } = await ledChannel(reader);
    await type(stage, reader, '/forget');
    expect(await findChat(past, chat)).toBeUndefined();
    expect(await findChat(past, place)).toBeDefined();
    const owners = [...(await listAllOwners(past)).values()].flat();
    expect(owners.map(({ id }) => id)).not.toContain(reader.id);
  });

  it('is kept from forgetting nobody by what the lost one left under another key', async () => {
    const reader = await starter(stage);
    await ledChannel(reader);
    const { former } = stage.desk;
    Object.assign(stage.desk, { former: { ...former, seal: createSeal(Buffer.alloc(32, 9), '7654321') } });
    expect((await type(stage, reader, '/channels')).text).not.toContain('former bot');
    expect((await type(stage, reader, '/forget')).text).toContain('I deleted everything');
    Object.assign(stage.desk, { former });
  });
});
