import { afterEach, describe, expect, it } from 'vitest';
import { subscribe } from '#src/desk/chats/subscribe.ts';
import { beginWithKey } from '#src/desk/operator/rotate.ts';
import { resumeUpdates } from '#src/bot/updates.ts';
import { botKeys, newsKeys } from '#src/store/keys.ts';
import { checkSchema, migrate, MIGRATIONS, type Migration } from '#src/store/schema.ts';
import { pass, person, publish, startCorrecting, until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';
import { erasePass } from '#testing/erase.ts';
import { onRelease } from '#testing/releases.ts';
import { posts } from '../bot/editor.ts';
import { record, said } from '../bot/talk.ts';

let stage: Stage;
afterEach(() => stage.close());

const never = new AbortController().signal;
const texts = (person: Parameters<typeof said>[0]) => said(person).map(({ text }) => text);

describe('the data of the first release', () => {
  it('serve on: each reader and place has what was pending and the next story once', async () => {
    stage = await openStage({ keepHours: 47 });
    const { desk, clock } = stage;
    const { people, channel, group } = await onRelease(stage, 'first');
    await checkSchema(desk);
    await beginWithKey(desk);
    for (const side of ['news', 'bot'] as const) await migrate(desk, side, never);
    const stop = await stage.deliver();
    await publish(desk, 'be', { headline: 'Новая бібліятэка ў Мінску' });
    await publish(desk, 'en', { headline: 'A bridge is open again' });
    await publish(desk, 'ru', { headline: 'Мост снова открыт' });
    await pass(clock, 20_000);
    await stop();
    const seen = (all: readonly string[], words: string) => all.filter((text) => text.includes(words)).length;
    expect(seen(texts(people.plain), 'яшчэ ніхто не бачыў')).toBe(1);
    expect(seen(texts(people.plain), 'Новая бібліятэка')).toBe(1);
    expect(seen(texts(people.follows), 'Новая бібліятэка')).toBe(1);
    expect(seen(texts(people.follows), 'яшчэ ніхто не бачыў')).toBe(0);
    expect(seen(texts(people.english), 'A bridge')).toBe(1);
    expect(seen(texts(people.quiet), 'Мост снова')).toBe(0);
    expect(seen(texts(people.digest), 'Мост снова')).toBe(0);
    expect(seen(texts(people.left), 'A bridge')).toBe(0);
    expect(seen(posts(channel), 'A bridge')).toBe(1);
    expect(seen(posts(group), 'A bridge')).toBe(1);
    expect(seen(posts(channel), 'library')).toBe(0);
  });

  it('are forgotten whole, read on and edited', async () => {
    stage = await openStage({ keepHours: 47 });
    const { desk, clock } = stage;
    const { people, channel } = await onRelease(stage, 'first');
    await beginWithKey(desk);
    for (const side of ['news', 'bot'] as const) await migrate(desk, side, never);
    await resumeUpdates(stage.bot, desk);
    // The update that was read and not handled.
    await until(clock, () => texts(people.english).join().includes('library closes'));
    const stopCorrecting = startCorrecting(desk);
    people.follows.send('/forget');
    await stage.settle();
    await erasePass(desk);
    await pass(clock, 5000);
    await stopCorrecting();
    expect(await record(stage, people.follows)).toBeUndefined();
    expect((await record(stage, people.quiet))?.settings.quiet).toBeDefined();
    expect((await record(stage, people.left))?.state).toBe('idle');
    expect(posts(channel).filter((text) => text.includes('library'))).toEqual([]);
  });
});

describe('the number of the form', () => {
  it('that is higher than ours is refused, whichever side it is of', async () => {
    stage = await openStage();
    const { redis, botId } = stage.desk.store;
    for (const key of [botKeys(botId).schema, newsKeys.schema]) {
      await redis.set(key, '99');
      await expect(checkSchema(stage.desk)).rejects.toMatchObject({ code: 'store.newer' });
      await redis.del(key);
    }
    await checkSchema(stage.desk);
  });

  it('rises once a change, and a change that was cut short is made again', async () => {
    stage = await openStage();
    const { desk } = stage;
    // Empty data have the present form already.
    expect(await migrate(desk, 'bot', never)).toBe(0);
    await desk.store.redis.del(desk.store.keys.schema);
    await subscribe(desk, person(7001), 'en');
    const made: string[] = [];
    const cut = new AbortController();
    const first: Migration = async () => void made.push('first');
    const second: Migration = async () => {
      made.push('second');
      if (made.length < 3) cut.abort();
    };
    const table = { ...MIGRATIONS, bot: [...MIGRATIONS.bot, first, second] };
    expect(await migrate(desk, 'bot', cut.signal, table)).toBe(MIGRATIONS.bot.length + 1);
    expect(await migrate(desk, 'bot', never, table)).toBe(1);
    expect(await migrate(desk, 'bot', never, table)).toBe(0);
    expect(made).toEqual(['first', 'second', 'second']);
    await expect(checkSchema(desk)).rejects.toMatchObject({ code: 'store.newer' });
    await checkSchema(desk, table);
  });
});
