import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pauseAll, resumeAll } from '#src/desk/pause.ts';
import { findChat, resumeChat, subscribe } from '#src/desk/chats/subscribe.ts';
import { readTrace } from '#src/desk/trace.ts';
import type { Chat } from '#src/news/subscriber.ts';
import { appendUrgent } from '#src/store/logs.ts';
import { HOUR, MINUTE } from '#src/time.ts';
import { channel, pass, person, publish, until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';

let stage: Stage;
let reader: Chat;
let place: Chat;

beforeEach(async () => {
  stage = await openStage();
  const { desk, telegram } = stage;
  const [id = 0] = telegram.people(1);
  reader = person(id);
  const posts = telegram.channel();
  posts.addBot(['can_post_messages']);
  place = channel(posts.id);
  await subscribe(desk, reader, 'en');
  await subscribe(desk, place, 'en');
});

afterEach(() => stage.close());

const texts = (chat: Chat) =>
  stage.telegram
    .deliveries()
    .filter(({ chatId }) => chatId === chat.id)
    .map(({ message }) => String(message.wire.text ?? ''));
const headlines = (chat: Chat) => texts(chat).map((text) => text.split('\n')[0]);
const refuse = (chat: Chat, code: number, description: string, times = 1e9) =>
  stage.telegram.faults.add({
    kind: 'refuse',
    method: 'sendMessage',
    chatId: chat.id,
    code,
    description,
    times,
  });

/** So many calls carry out the ladder of a story: with its picture, without, without buttons, as plain text. */
const formsOf = async (chat: Chat): Promise<number> => {
  const { desk, clock, telegram } = stage;
  const lift = refuse(chat, 400, 'Bad Request: ENTITIES_TOO_LONG');
  const before = telegram.counters().faults;
  await publish(desk, 'en', { headline: 'Probe' });
  // A place's own pace holds between the forms too.
  await pass(clock, 30_000);
  lift();
  await pass(clock, 3000);
  return telegram.counters().faults - before;
};

describe('content that Telegram refuses in every form', () => {
  it('costs a channel that one post and none that wait behind it', async () => {
    const { desk, clock } = stage;
    const stop = await stage.deliver();
    const forms = await formsOf(place);
    expect(forms).toBeGreaterThan(1);
    await stop();
    const bad = await publish(desk, 'en', { headline: 'Refused' });
    await publish(desk, 'en', { headline: 'Two' });
    await publish(desk, 'en', { headline: 'Three' });
    refuse(place, 400, 'Bad Request: ENTITIES_TOO_LONG', forms);
    await stage.deliver();
    await pass(clock, 90_000);
    expect(headlines(place)).toEqual(['Two', 'Three']);
    await desk.trace.flush();
    expect(await readTrace(desk.store, bad.id)).toMatchObject({ 'refused:content': 1 });
  });

  it('costs no story where Telegram says it in words that nobody knows, and it passes', async () => {
    const { desk, clock } = stage;
    await stage.deliver();
    const lifts = [place, reader].map((chat) => refuse(chat, 400, 'Bad Request: something quite new'));
    await publish(desk, 'en', { headline: 'One' });
    await pass(clock, 2 * MINUTE);
    for (const lift of lifts) lift();
    await publish(desk, 'en', { headline: 'Two' });
    await pass(clock, 2 * MINUTE);
    for (const chat of [place, reader])
      for (const headline of ['One', 'Two']) expect(texts(chat).join().split(headline)).toHaveLength(2);
  });

  it('costs a bulletin no story but the one that is to blame', async () => {
    const { desk, clock } = stage;
    const all = ['One', 'Two', 'Three', 'Four', 'Five'];
    for (const headline of all) await publish(desk, 'en', { headline });
    // Twice in both its forms: then it is down to one story.
    refuse(reader, 400, 'Bad Request: ENTITIES_TOO_LONG', 4);
    await stage.deliver();
    await pass(clock, MINUTE);
    const shown = texts(reader).join('\n');
    for (const headline of all) expect(shown.split(headline)).toHaveLength(2);
  });
});

describe('a bulletin after one that was refused', () => {
  it('holds as many stories as ever', async () => {
    const { desk, clock } = stage;
    for (const headline of ['One', 'Two', 'Three', 'Four']) await publish(desk, 'en', { headline });
    refuse(reader, 400, 'Bad Request: ENTITIES_TOO_LONG', 4);
    await stage.deliver();
    await pass(clock, MINUTE);
    const before = texts(reader).length;
    await pauseAll(desk);
    for (const headline of ['Five', 'Six', 'Seven', 'Eight']) await publish(desk, 'en', { headline });
    await resumeAll(desk);
    await pass(clock, MINUTE);
    expect(texts(reader).slice(before)).toHaveLength(1);
  });
});

describe('a refusal that says nothing of the chat', () => {
  for (const [code, description] of [
    [404, 'Not Found'],
    [401, 'Unauthorized'],
    [403, 'Forbidden'],
    [406, 'Not Acceptable'],
  ] as const) {
    it(`loses neither a story nor a reader: ${code} for two minutes`, async () => {
      const { desk, clock } = stage;
      const lift = refuse(reader, code, description);
      await publish(desk, 'en', { headline: 'One' });
      await stage.deliver();
      await pass(clock, 2 * MINUTE);
      lift();
      await pass(clock, 2 * MINUTE);
      expect(headlines(reader)).toEqual(['One']);
      expect(await findChat(desk, reader)).toMatchObject({ state: 'active' });
    });
  }

  it('blocks a chat no longer than an hour', async () => {
    const { desk, clock } = stage;
    const lift = refuse(reader, 406, 'Not Acceptable');
    await publish(desk, 'en', { headline: 'One' });
    await stage.deliver();
    await pass(clock, HOUR / 4);
    lift();
    await publish(desk, 'en', { headline: 'Two' });
    await pass(clock, HOUR, 10_000);
    expect(headlines(reader)).toEqual(['Two']);
  });
});

describe('members who may not write text', () => {
  it('are a lost right, not a story that is skipped', async () => {
    const { desk, clock, telegram } = stage;
    const club = telegram.group();
    club.addBot(undefined);
    const group: Chat = { id: club.id, kind: 'group' };
    await subscribe(desk, group, 'en');
    const lift = refuse(group, 400, 'Bad Request: CHAT_SEND_PLAIN_FORBIDDEN');
    await publish(desk, 'en', { headline: 'One' });
    await stage.deliver();
    await pass(clock, 10 * MINUTE);
    expect(await findChat(desk, group)).toMatchObject({ state: 'paused', note: 'rights' });
    lift();
    await resumeChat(desk, group);
    await pass(clock, MINUTE);
    expect(texts(group).join()).toContain('One');
  });
});

describe('a story that is made urgent while it waits', () => {
  it('is shown once, on top', async () => {
    const { desk, clock } = stage;
    const one = await publish(desk, 'en', { headline: 'One' });
    await publish(desk, 'en', { headline: 'Two' });
    await appendUrgent(desk, one.id, clock.now());
    await stage.deliver();
    await until(clock, () => texts(reader).length > 0);
    await pass(clock, 30_000);
    expect(texts(reader).join('\n').split('One')).toHaveLength(2);
    expect(texts(place).filter((text) => text.includes('One'))).toHaveLength(1);
  });
});
