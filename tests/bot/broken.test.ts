import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SECOND } from '#src/time.ts';
import type { Person } from '#sandbox/telegram/telegram.ts';
import { pass, until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';
import { erasePass } from '#testing/erase.ts';
import { last, said, subscriber } from './talk.ts';

let stage: Stage;
let person: Person;
beforeEach(async () => {
  stage = await openStage();
  person = await subscriber(stage, 'en');
});
afterEach(() => stage.close());

const BROKEN = ['reset-before', 'server-error', 'bad-gateway'] as const;

const strike = (kind: (typeof BROKEN)[number] | 'reset-after' | 'malformed', method: string, times: number) =>
  stage.telegram.faults.add({ kind, method, chatId: person.id, times });

/** Lets the bot do what the person has asked for, however often it has to try. */
async function handled(asked: Promise<unknown> = stage.settle()): Promise<void> {
  let isOver = false;
  void asked.finally(() => (isOver = true));
  await until(stage.clock, () => isOver, 20 * SECOND);
}

describe('a connection to Telegram that breaks', () => {
  it.each(BROKEN)('three times (%s) keeps no command from being answered, once', async (kind) => {
    const before = said(person).length;
    strike(kind, 'sendMessage', 3);
    person.send('/help');
    await handled();
    expect(said(person)).toHaveLength(before + 1);
    expect(last(person).text).toContain('What I can do');
  });

  it.each(BROKEN)('three times (%s) keeps no menu from changing', async (kind) => {
    person.send('/language');
    await handled();
    const menu = last(person);
    strike(kind, 'editMessageText', 3);
    await handled(stage.press(person, menu.id, 'Русский'));
    expect(last(person).id).toBe(menu.id);
    expect(last(person).text).not.toBe(menu.text);
  });

  it('for good costs four calls and no more', async () => {
    const write = vi.spyOn(stage.desk.telegram, 'answer');
    strike('bad-gateway', 'sendMessage', 100);
    person.send('/help');
    await handled();
    expect(write).toHaveBeenCalledTimes(4);
  });

  it('behind an answer that had arrived brings it twice at most, and both go with /forget', async () => {
    strike('reset-after', 'sendMessage', 1);
    person.send('/help');
    await handled();
    expect(said(person).filter(({ text }) => text.includes('What I can do'))).toHaveLength(2);
    strike('reset-after', 'sendMessage', 1);
    person.send('/forget');
    await handled();
    expect(person.messages().every(({ text }) => text.startsWith('I deleted'))).toBe(true);
    await pass(stage.clock, 31 * SECOND);
    await erasePass(stage.desk);
    expect(person.messages()).toEqual([]);
  });

  it('repeats no answer that Telegram had begun to tell of', async () => {
    const before = said(person).length;
    strike('malformed', 'sendMessage', 1);
    person.send('/help');
    await handled();
    expect(said(person)).toHaveLength(before + 1);
  });
});
