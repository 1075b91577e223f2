/** Data that earlier releases have stored (`scripts/release-data.ts`), to be used by this one. */
import { createReadStream, readFileSync } from 'node:fs';
import type { ChatClient, Person } from '#sandbox/telegram/telegram.ts';
import { pasteCommands } from '#src/store/copy.ts';
import type { Store } from '#src/store/redis.ts';
import { decodeCommands } from '#src/store/resp.ts';
import type { Stage } from './desk.ts';

const FOLDER = new URL('../tests/releases/', import.meta.url);

interface Facts {
  readonly now: number;
  readonly people: Readonly<Record<'plain' | 'follows' | 'quiet' | 'digest' | 'english' | 'left', number>>;
  readonly owner: number;
  readonly channel: number;
  readonly group: number;
  readonly stories: Readonly<Record<'corrected' | 'urgent' | 'plain' | 'pending', string>>;
}

/** Puts the data of a release into an empty Redis. */
async function pasteRelease(store: Store, name: string): Promise<void> {
  const commands: Buffer[][] = [];
  for await (const command of decodeCommands(createReadStream(new URL(`${name}.resp`, FOLDER))))
    commands.push(command);
  await pasteCommands(store, commands);
}

export interface Readers {
  readonly facts: Facts;
  readonly people: Readonly<Record<keyof Facts['people'], Person>>;
  readonly channel: ChatClient;
  readonly group: ChatClient;
}

/** The stage with the data of a release in its Redis, and everybody of them in its Telegram, at the hour of the data. */
export async function onRelease(stage: Stage, name: string): Promise<Readers> {
  const facts = JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8')) as Facts;
  const { telegram, clock, desk } = stage;
  await clock.advance(facts.now - clock.now());
  const owner = telegram.person({ id: facts.owner });
  const people = Object.fromEntries(
    Object.entries(facts.people).map(([role, id]) => [role, telegram.person({ id })]),
  ) as Readers['people'];
  for (const person of [owner, ...Object.values(people)]) person.start();
  const channel = telegram.channel({ id: facts.channel, owner });
  channel.addBot(['can_post_messages'], owner);
  const group = telegram.supergroup({ id: facts.group, owner });
  group.addBot(undefined, owner);
  await stage.settle();
  await desk.store.redis.flushall();
  await pasteRelease(desk.store, name);
  return { facts, people, channel, group };
}
