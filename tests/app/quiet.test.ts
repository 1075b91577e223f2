import { afterEach, describe, expect, it } from 'vitest';
import { watchStore } from '#src/app/watch.ts';
import type { Bounded } from '#src/bounded.ts';
import type { Person } from '#sandbox/telegram/telegram.ts';
import { DAY, HOUR, MINUTE } from '#src/time.ts';
import { pass, until } from '#testing/delivery.ts';
import { openStage, publish, type Stage } from '#testing/desk.ts';
import { ask, last } from '../bot/talk.ts';

let stage: Stage;
const stop = new AbortController();
afterEach(async () => {
  stop.abort();
  await pass(stage.clock, MINUTE);
  await stage.close();
});

const isBounded = (value: object): value is Bounded<unknown, unknown> => 'turn' in value;

/** Names of the memories of the desk, bounded in number, that hold something. */
function held(memory: object, under = ''): string[] {
  return Object.entries(memory).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value !== 'object' || value === null) return [];
    if (isBounded(value)) return [...value.entries()].length > 0 ? [`${under}${name}`] : [];
    return Object.getPrototypeOf(value) === Object.prototype ? held(value, `${under}${name}.`) : [];
  });
}

/** These hold nothing of a person: news as drawn, and numbers of updates. */
const OF_NOBODY = new Set(['drawings', 'articleForms', 'files', 'walks', 'seen']);
const ofPeople = () => held(stage.desk.memory).filter((name) => !OF_NOBODY.has(name));

/** A reader who comes, opens a story, asks for a longer style and topics; and a member of a group who may not command there. */
async function busyHour(): Promise<Person> {
  const reader = stage.telegram.person({ language: 'en' });
  await ask(stage, reader, '/subscribe');
  const stopDelivery = await stage.deliver();
  await publish(stage, 'en', { headline: 'The story', body: ['And more of it.'] });
  await until(stage.clock, () => last(reader).text.includes('The story'));
  await stopDelivery();
  await stage.press(reader, last(reader).id, 'Read here');
  await ask(stage, reader, '/style full');
  await ask(stage, reader, '/follow');
  const group = stage.telegram.supergroup();
  group.addBot(undefined);
  group.say(reader, '/help');
  await stage.settle();
  return reader;
}

describe('a process that nobody uses', () => {
  it('soon holds no memory of who did what, and in a week none of a reader', async () => {
    stage = await openStage();
    void watchStore(stage.desk, async () => 1e9, stop.signal);
    await busyHour();
    const lasting = ['looks.chosenAt.people', 'looks.opened', 'newcomers'];
    expect(ofPeople().toSorted()).toEqual(['expected', ...lasting, 'members', 'shown.people'].toSorted());
    await pass(stage.clock, 2 * MINUTE);
    expect(ofPeople()).not.toContain('members');
    await pass(stage.clock, 2 * HOUR, MINUTE);
    expect(ofPeople().toSorted()).toEqual(lasting);
    await pass(stage.clock, 7 * DAY, HOUR);
    expect(ofPeople()).toEqual([]);
  });

  it('holds none of a reader who has used /forget, but where they are no administrator and that their slot is free', async () => {
    stage = await openStage();
    const reader = await busyHour();
    await ask(stage, reader, '/forget');
    expect(ofPeople().toSorted()).toEqual(['members', 'shown.forgotten']);
  });
});
