import { describe, expect, it } from 'vitest';
import { stageForEach } from './bot-api.ts';

const stage = stageForEach();
const send = (chat_id: number) => stage.refusal('sendMessage', { chat_id, text: 'x' });
const sendAll = async (ids: readonly number[]) => Promise.all(ids.map(send));
const accepted = (answers: readonly string[]) => answers.filter((answer) => answer === 'ok').length;

describe('flood control', () => {
  it('lets thirty messages a second through and says when to come back', async () => {
    stage.telegram.setLimits(true);
    const readers = stage.telegram.people(100);
    const answers = await sendAll(readers.slice(0, 40));
    expect(accepted(answers)).toBe(30);
    expect(answers.at(-1)).toBe('429 Too Many Requests: retry after 1');
    await stage.clock.advance(1000);
    expect(accepted(await sendAll(readers.slice(40, 80)))).toBe(30);
    expect(stage.telegram.counters()).toMatchObject({ accepted: 60, tooMany: 20 });
  });

  it('takes a thousand a second from a bot that pays, a tenth of a Star for each above the free ones', async () => {
    const { telegram } = stage;
    telegram.setLimits(true);
    telegram.setStars(198.5);
    const readers = telegram.people(1500);
    const pay = (chat_id: number) =>
      stage.refusal('sendMessage', { chat_id, text: 'x', allow_paid_broadcast: true });
    const payAll = (ids: readonly number[]) => Promise.all(ids.map(pay));
    const balance = async () => (await stage.call('getMyStarBalance')) as { result?: unknown };
    expect(await balance()).toMatchObject({ result: { amount: 198, nanostar_amount: 500_000_000 } });
    readers.slice(0, 5).forEach((id) => telegram.person({ id }).block());
    expect(accepted(await payAll(readers))).toBe(1025);
    expect(await balance()).toMatchObject({ result: { amount: 98, nanostar_amount: 500_000_000 } });
    telegram.setStars(0);
    await stage.clock.advance(1000);
    const answers = await payAll(readers.slice(5, 40));
    expect(accepted(answers)).toBe(30);
    expect(answers.at(-1)).toBe('400 Bad Request: BALANCE_TOO_LOW');
    telegram.setStars(10, { on: false });
    expect(await pay(readers[50] ?? 0)).toBe('429 Too Many Requests: retry after 1');
  });

  it('tolerates a short burst to one person and then one message a second', async () => {
    stage.telegram.setLimits({ personMs: 1000, personBurst: 3 });
    const [reader = 0, other = 0] = stage.telegram.people(2);
    expect(accepted(await sendAll(Array(6).fill(reader)))).toBe(4);
    expect(await send(other)).toBe('ok');
    await stage.clock.advance(1000);
    expect([await send(reader), await send(reader)]).toEqual(['ok', '429 Too Many Requests: retry after 1']);
  });

  it('takes twenty messages and twenty edits a minute in one channel', async () => {
    stage.telegram.setLimits({ groupPerMinute: 20, groupEditsPerMinute: 20 });
    const channel = stage.telegram.channel();
    channel.addBot(['can_post_messages']);
    expect(accepted(await sendAll(Array(25).fill(channel.id)))).toBe(20);
    await stage.clock.advance(20_000);
    expect(await stage.call('sendMessage', { chat_id: channel.id, text: 'x' })).toEqual({
      ok: false,
      error_code: 429,
      description: 'Too Many Requests: retry after 40',
      parameters: { retry_after: 40 },
    });
    const edits = Array.from({ length: 21 }, (_, i) =>
      stage.refusal('editMessageText', { chat_id: channel.id, message_id: 2, text: `y${i}` }),
    );
    expect(accepted(await Promise.all(edits))).toBe(20);
  });

  it('hides short waits as latency when told to, as Telegram does up to 8 s', async () => {
    stage.telegram.setLimits({ global: 1, hiddenWaitMs: 8000 });
    const readers = stage.telegram.people(10);
    const done: string[] = [];
    const all = readers.map(async (id) => done.push(await send(id)));
    await stage.clock.advance(0);
    expect(done.filter((answer) => answer === 'ok')).toHaveLength(1);
    expect(done.filter((answer) => answer.startsWith('429'))).toHaveLength(1);
    await stage.clock.advance(4000);
    expect(done.filter((answer) => answer === 'ok')).toHaveLength(5);
    await stage.clock.advance(4000);
    await Promise.all(all);
    expect(accepted(done)).toBe(9);
  });

  it('lengthens the wait of who keeps calling, when told to', async () => {
    stage.telegram.setLimits({ global: 1, lengthenBy: 1 });
    const [reader = 0] = stage.telegram.people(1);
    await send(reader);
    expect(
      [await send(reader), await send(reader), await send(reader)].map((answer) => answer.slice(-1)),
    ).toEqual(['1', '2', '3']);
  });

  it('counts what was refused later on: a message to who blocked the bot costs as much', async () => {
    stage.telegram.setLimits({ global: 1 });
    const reader = stage.telegram.person();
    reader.start();
    reader.block();
    expect(await send(reader.id)).toContain('blocked');
    expect(await send(reader.id)).toContain('429');
  });
});
