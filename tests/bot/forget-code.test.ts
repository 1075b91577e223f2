import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { erasePass } from '#testing/erase.ts';
import { beginWithKey, rotate, watchKey } from '#src/desk/operator/rotate.ts';
import { changeSettings } from '#src/desk/chats/subscribe.ts';
import { writeCode } from '#src/news/forget-code.ts';
import type { Person } from '#sandbox/telegram/telegram.ts';
import { readRecord } from '#src/store/records.ts';
import { HOUR, MINUTE } from '#src/time.ts';
import { until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';
import * as talk from './talk.ts';
import { labels, last, said } from './talk.ts';

const OPERATOR = 4_242;
const COLLEAGUE = 4_243;
let stage: Stage;
let operator: Person;
const ask = (person: Person, text: string) => talk.ask(stage, person, text);

beforeAll(async () => {
  stage = await openStage({ adminIds: [OPERATOR, COLLEAGUE] });
  operator = stage.telegram.person({ id: OPERATOR, language: 'en' });
});
// Wrong codes count for an hour.
afterEach(() => stage.clock.advance(HOUR + MINUTE));
afterAll(() => stage.close());

const CODE = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/;
const LABELS = { be: 'Код для аператара', ru: 'Код для оператора', en: 'Code for the operator' };

async function draw(person: Person, language: keyof typeof LABELS = 'en'): Promise<string> {
  const { id } = await ask(person, '/privacy');
  await stage.press(person, id, LABELS[language]);
  const [code = ''] = CODE.exec(last(person).text) ?? [];
  expect(code).not.toBe('');
  return code;
}

async function sealedSize(person: Person): Promise<number> {
  const slot = (await talk.record(stage, person))?.slot ?? -1;
  return (await readRecord(stage.desk.store, slot))?.length ?? 0;
}

describe('a reader’s code for the operator', () => {
  it.each(['be', 'ru', 'en'] as const)(
    'has the operator empty and forget a chat that its reader cannot use any more: %s',
    async (language) => {
      const person = await talk.subscriber(stage, language);
      const code = await draw(person, language);
      await ask(person, '/latest');
      const { text } = await ask(operator, `/forget ${code}`);
      expect(text).toBe(
        'That chat is forgotten. Its messages of the last 48 hours go as far as Telegram lets a bot delete them.',
      );
      expect(person.messages()).toEqual([]);
      expect(await talk.record(stage, person)).toBeUndefined();
    },
  );

  it('stays in the chat for five minutes', async () => {
    const person = await talk.subscriber(stage, 'en');
    await draw(person);
    const shown = () => said(person).some(({ text }) => CODE.test(text));
    await stage.clock.advance(5 * MINUTE - 2000);
    await erasePass(stage.desk);
    expect(shown()).toBe(true);
    await stage.clock.advance(4000);
    await erasePass(stage.desk);
    expect(shown()).toBe(false);
    expect((await ask(person, '/privacy')).text).toContain('Code for the operator: issued');
  });

  it('goes after them also where nobody heard that it had arrived, and nothing else with it', async () => {
    const person = await talk.subscriber(stage, 'en');
    const { id } = await ask(person, '/privacy');
    stage.telegram.faults.add({ kind: 'malformed', method: 'sendMessage', chatId: person.id, times: 1 });
    await stage.press(person, id, LABELS.en);
    const texts = () => person.messages().map(({ text }) => text);
    expect(texts().filter((text) => CODE.test(text))).toHaveLength(1);
    await ask(person, '/help');
    const others = texts().filter((text) => !CODE.test(text));
    await stage.clock.advance(5 * MINUTE + 2000);
    await erasePass(stage.desk);
    expect(texts()).toEqual(others);
  });

  it('is void once a newer one was drawn, and after it was used', async () => {
    const person = await talk.subscriber(stage, 'en');
    const [first, second] = [await draw(person), await draw(person)];
    expect((await ask(operator, `/forget ${first}`)).text).toContain('This code does not work');
    expect(await talk.record(stage, person)).toBeDefined();
    await ask(operator, `/forget ${second}`);
    expect(await talk.record(stage, person)).toBeUndefined();
    expect((await ask(operator, `/forget ${second}`)).text).toContain('This code does not work');
  });

  it('does nothing for whoever has the slot next', async () => {
    const person = await talk.subscriber(stage, 'en');
    const code = await draw(person);
    const slot = (await talk.record(stage, person))?.slot;
    await ask(person, '/forget');
    let heir = await talk.subscriber(stage, 'en');
    while ((await talk.record(stage, heir))?.slot !== slot) heir = await talk.subscriber(stage, 'en');
    expect((await ask(operator, `/forget ${code}`)).text).toContain('This code does not work');
    await draw(heir);
    expect((await ask(operator, `/forget ${code}`)).text).toContain('This code does not work');
    expect(await talk.record(stage, heir)).toBeDefined();
  });

  it('outlives new settings, an unsubscription and a new key', async () => {
    const person = await talk.subscriber(stage, 'en');
    const code = await draw(person);
    await ask(person, '/language ru');
    await changeSettings(stage.desk, { id: person.id, kind: 'person' }, { follow: ['Гродна'] }, 'ru');
    await ask(person, '/unsubscribe');
    await newKey();
    await ask(operator, `/forget ${code}`);
    expect(await talk.record(stage, person)).toBeUndefined();
  });

  async function newKey(): Promise<void> {
    const { desk, clock } = stage;
    const stop = new AbortController();
    let done = false;
    const next = { read: () => Buffer.alloc(32, 99), keep: () => (done = true) };
    await beginWithKey(desk);
    const work = [watchKey(desk, next, stop.signal), rotate(desk, next, stop.signal)];
    await until(clock, () => done);
    stop.abort();
    await Promise.all(work);
  }

  it('makes no record longer: a dump does not tell who has one', async () => {
    const person = await talk.subscriber(stage, 'en');
    const before = await sealedSize(person);
    await draw(person);
    expect((await talk.record(stage, person))?.code).toBeGreaterThan(0);
    expect(await sealedSize(person)).toBe(before);
  });

  it('is offered to people who are subscribed, not to strangers and groups', async () => {
    const stranger = stage.telegram.person({ language: 'en' });
    expect(labels(await ask(stranger, '/privacy'))).not.toContain(LABELS.en);
    const owner = stage.telegram.person({ language: 'en' });
    const group = stage.telegram.supergroup({ owner });
    group.addBot(undefined, owner);
    await stage.settle();
    for (const text of ['/subscribe en', '/privacy']) {
      group.say(owner, text);
      await stage.settle();
    }
    const answer = group.history().findLast(({ fromBot }) => fromBot);
    expect(answer?.buttons.flat().map(({ text }) => text)).not.toContain(LABELS.en);
    expect(answer?.text).toContain('I keep only');
  });
});

describe('/forget with words', () => {
  it('is not a word about the operator’s own chat, and leaves no code in it', async () => {
    await ask(operator, '/subscribe en');
    const { text } = await ask(operator, '/forget ABCD');
    expect(text).toContain('This code does not work');
    expect(await talk.record(stage, operator)).toBeDefined();
    await stage.clock.advance(1000);
    await erasePass(stage.desk);
    expect(operator.messages().map((message) => message.text)).not.toContain('/forget ABCD');
    await ask(operator, '/forget');
    expect(await talk.record(stage, operator)).toBeUndefined();
  });

  it('from anybody else is their own /forget, whatever the words are', async () => {
    const [person, other] = [await talk.subscriber(stage, 'en'), await talk.subscriber(stage, 'en')];
    const code = await draw(person);
    await ask(other, `/forget ${code}`);
    expect(await talk.record(stage, other)).toBeUndefined();
    expect(await talk.record(stage, person)).toBeDefined();
  });

  it('from one operator does not stop another, however often it was wrong', async () => {
    const person = await talk.subscriber(stage, 'en');
    const code = await draw(person);
    const slot = (await talk.record(stage, person))?.slot ?? 1;
    for (let secret = 1; secret <= 11; secret += 1)
      await ask(operator, `/forget ${writeCode({ slot, secret })}`);
    const colleague = stage.telegram.person({ id: COLLEAGUE, language: 'en' });
    await ask(colleague, `/forget ${code}`);
    expect(await talk.record(stage, person)).toBeUndefined();
  });

  it('lets an operator guess ten times an hour', async () => {
    const person = await talk.subscriber(stage, 'en');
    const code = await draw(person);
    const slot = (await talk.record(stage, person))?.slot ?? 1;
    for (let secret = 1; secret <= 10; secret += 1)
      expect((await ask(operator, `/forget ${writeCode({ slot, secret })}`)).text).toContain('does not work');
    expect((await ask(operator, `/forget ${code}`)).text).toContain('Too many wrong codes');
    expect((await ask(operator, '/health')).text).toContain('wrongCodes ≤ 20');
    expect(await talk.record(stage, person)).toBeDefined();
    await stage.clock.advance(HOUR + MINUTE);
    await ask(operator, `/forget ${code}`);
    expect(await talk.record(stage, person)).toBeUndefined();
  });
});
