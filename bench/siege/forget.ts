/** The hour after a raid becomes known: many readers forget at once. */
import { noteMessages } from '#src/desk/letters/notes.ts';
import type { Chat } from '#src/news/subscriber.ts';
import { people, waitFor } from '../delivery/world.ts';
import { round } from '../table.ts';
import { type Attack, FIRST_STRANGER, keepDoing } from './acts.ts';
import type { Town } from './town.ts';

/** Readers who forget, within so long. */
const CROWD = 300;
const WITHIN_S = 10;
/** Messages of the bot in each of their chats. */
const EACH = 20;
/** Not waited for longer. */
const MOST_MS = 120_000;

/** When the first of them wrote, ms; the attack runs once in a town. */
const began = new WeakMap<Town, number>();

export const massForget: Attack = {
  name: `${CROWD} readers /forget within ${WITHIN_S} s, chats of ${EACH} messages`,
  mostTimesQuiet: 2,
  async prepare(town) {
    await town.telegram.tell('people', { count: CROWD, firstId: FIRST_STRANGER });
    const leaving = [...people(CROWD, FIRST_STRANGER)];
    await town.subscribe(leaving);
    await town.telegram.tell('limits', {});
    for (const chat of leaving) await Promise.all(Array.from({ length: EACH }, () => converse(town, chat)));
    await town.telegram.tell('limits', { documented: true });
    await town.telegram.tell('counters/reset', {});
  },
  async begin(town, stop) {
    began.set(town, performance.now());
    const end = new AbortController();
    const either = AbortSignal.any([stop, end.signal]);
    await keepDoing(CROWD / WITHIN_S, either, async (turn) => {
      if (turn >= CROWD - 1) end.abort();
      await town.crowd(FIRST_STRANGER + turn, 1, 'send', '/forget');
    });
  },
  async judge(town) {
    let left = CROWD;
    await waitFor(async () => (left = await fullChats(town)) === 0, MOST_MS).catch(() => undefined);
    const took = (performance.now() - (began.get(town) ?? 0)) / 1000;
    const { calls } = await town.telegram.ask<{ calls: Record<string, number> }>('counters');
    return [
      { what: 'chats that are not empty', figure: String(left), must: '0' },
      { what: 'all empty but for the last word after', figure: `${round(took, 1)} s`, must: 'at most 60 s' },
      {
        what: 'calls to delete, a chat',
        figure: round((calls['deletemessages'] ?? 0) / CROWD),
        must: 'at most 2',
      },
    ];
  },
};

/** One message of the bot in a reader's chat, as an answer to them. */
async function converse({ desk }: Town, chat: Chat): Promise<void> {
  const message = { chat_id: chat.id, text: 'What was answered before' };
  const outcome = await desk.telegram.call<{ message_id: number }>('sendMessage', message);
  if (outcome.kind !== 'done') throw new Error('the chat could not be filled');
  await noteMessages(desk, chat, [outcome.result.message_id]);
}

/** Chats of the leaving in which more stands than the last word, which goes half a minute later. */
async function fullChats(town: Town): Promise<number> {
  const counts = await Promise.all(
    Array.from({ length: CROWD }, (_, index) => town.messages(FIRST_STRANGER + index)),
  );
  return counts.filter((texts) => texts.some((text) => !text.startsWith('I deleted everything'))).length;
}
