/**
 * Loaded into the bot before everything else: at SIGUSR2 it goes wrong in the way that a file next to its temporary folder
 * says, with all that a program knows of a reader in its hands.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export type Crash = 'thrown' | 'rejected' | 'not an error' | 'warning' | 'many';

export interface Order {
  readonly crash: Crash;
  readonly id: number;
  readonly name: string;
  readonly word: string;
}

export const orderFile = (temp: string): string => join(temp, '..', 'crash');

process.on('SIGUSR2', () => {
  const path = orderFile(process.env['TMPDIR'] ?? '');
  const order = JSON.parse(readFileSync(path, 'utf8')) as Order;
  rmSync(path);
  goWrong(order);
});

function goWrong({ crash, id, name, word }: Order): void {
  const update = { chat_id: id, from: { id, first_name: name }, text: word };
  const about = `cannot answer chat ${id} (${name}): '${word}'`;
  const error = Object.assign(new TypeError(about, { cause: new Error(about) }), update, { update });
  Object.defineProperty(goWrong, 'name', { value: `answer_${id}` });
  switch (crash) {
    case 'thrown':
      throw error;
    case 'many':
      throw new AggregateError([error, new RangeError(`${id}`)], about);
    case 'rejected':
      void Promise.reject(error);
      return;
    case 'not an error':
      void Promise.reject(update);
      return;
    case 'warning':
      process.emitWarning(error);
      process.emitWarning(about, { type: `Chat${id}`, code: String(id), detail: word });
  }
}
