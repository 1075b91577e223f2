/**
 * Rich messages on their way: pictures that Telegram has are named by their ids, so that each costs one fetch; the first
 * of all alike goes ahead alone, and what came of it decides the form of the others: whole, simpler, or plain.
 */
import { createHash } from 'node:crypto';
import { type Message, simpler, withoutRich } from '../news/message.ts';
import {
  picturesOf,
  richTexts,
  type RichBlock,
  sizeOfRich,
  withFiles,
  withoutPictures,
} from '../news/rich.ts';
import type { Chat } from '../news/subscriber.ts';
import { keepFiles, knownFiles } from '../store/pictures.ts';
import { isStoreTrouble } from '../store/redis.ts';
import type { Outcome } from '../telegram/outcome.ts';
import type { Asker } from '../telegram/askers.ts';
import type { Lane } from '../telegram/lanes.ts';
import { SECOND } from '../time.ts';
import { knownAbility, noteAbility } from './abilities.ts';
import type { Desk } from './desk.ts';

/** Longest wait (ms) for the first of many alike. */
const FIRST_MS = 15 * SECOND;

type Sent = { readonly message_id: number; readonly rich_message?: { readonly blocks?: unknown } };

/**
 * Sends a message for which the caller has a turn, as an article where it is one and Telegram takes it. `isStopped` is asked
 * right before it leaves: articles may wait for the first of their kind. What is stopped never reached Telegram.
 */
export const sendForm = (
  desk: Desk,
  chat: Chat,
  message: Message,
  { mayCost = false, isStopped }: { readonly mayCost?: boolean; readonly isStopped: () => boolean },
): Promise<Outcome<{ message_id: number }>> =>
  inForms(desk, chat, message, 'news', async (form) =>
    isStopped() ? { kind: 'unreached', detail: 'stopped' } : desk.telegram.send(chat, form, mayCost),
  );

/**
 * Puts `message` in place of an earlier one: text or article, whatever stands there; in simpler and simpler forms where
 * Telegram refuses the content, as it went out.
 */
export async function editForm(
  desk: Desk,
  chat: Chat,
  messageId: number,
  message: Message,
  lane: Lane = 'edit',
): Promise<Outcome<unknown>> {
  for (let form = message; ; ) {
    const outcome = await inForms(desk, chat, form, lane, (one) =>
      desk.telegram.edit(chat, messageId, one, lane),
    );
    if (outcome.kind !== 'refused' || outcome.why !== 'content') return outcome;
    // Of an article every form has been tried by now, its text too.
    const next = simpler(withoutRich(form));
    desk.log.warn(
      { reason: outcome.why, said: outcome.description },
      next
        ? 'Telegram refused the form of an edit, trying a simpler one'
        : 'Telegram refused an edit in every form',
    );
    if (!next) return outcome;
    form = next;
  }
}

/** Answers somebody; `keyboard`: instead of buttons, as the Bot API has it. */
export const answerForm = (
  desk: Desk,
  asker: Asker,
  chat: Chat,
  message: Message,
  keyboard?: object,
): Promise<Outcome<{ message_id: number }>> =>
  inForms(desk, chat, message, 'answer', (form) => desk.telegram.answer(asker, chat, form, keyboard));

/** Draws an answer again. */
export const redrawForm = (
  desk: Desk,
  asker: Asker,
  chat: Chat,
  messageId: number,
  message: Message,
): Promise<Outcome<unknown>> =>
  inForms(desk, chat, message, 'answer', (form) => desk.telegram.redraw(asker, chat.id, messageId, form));

/** Most bytes of an article for one person's eyes: somewhat above, Telegram refuses it. */
const WHISPER_BYTES = 40_000;

/** Shows a message to one person in answer to a press; as an article only with pictures that Telegram has. */
export async function whisperForm(
  desk: Desk,
  asker: Asker,
  chat: Chat,
  to: Parameters<Desk['telegram']['whisper']>[2],
  message: Message,
): Promise<Outcome<unknown>> {
  for (let form = await whispered(desk, message); ; ) {
    const outcome = await desk.telegram.whisper(asker, chat, to, form);
    const next = nextForm(desk, form, outcome);
    if (!next) return outcome;
    form = next;
  }
}

async function whispered(desk: Desk, message: Message): Promise<Message> {
  const form = await withKnownFiles(desk, formFor(desk, message));
  if (!form.rich) return form;
  const blocks = withoutPictures(form.rich.blocks, (media) => /^https?:/.test(media));
  const fits = Buffer.byteLength(JSON.stringify(blocks)) <= WHISPER_BYTES;
  return fits ? { ...form, rich: { ...form.rich, blocks } } : withoutRich(form);
}

/** The form to show instead: a simpler form of what was refused, text of what was cut. Undefined: nothing. */
function nextForm(desk: Desk, form: Message, outcome: Outcome<unknown>): Message | undefined {
  if (outcome.kind === 'refused' && outcome.why === 'content') return afterRefusal(desk, form, outcome);
  const echo = outcome.kind === 'done' ? (outcome.result as Sent).rich_message?.blocks : undefined;
  if (!form.rich || !Array.isArray(echo) || isWhole(form.rich.blocks, echo as RichBlock[])) return undefined;
  return withoutRich(form);
}

async function inForms<T>(
  desk: Desk,
  chat: Chat,
  message: Message,
  lane: Lane,
  call: (form: Message) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const blocks = message.rich?.blocks;
  if (!blocks) return call(message);
  const done = await awaitFirst(desk, blocks);
  try {
    let form = formFor(desk, message);
    for (;;) {
      const outcome = await call(await withKnownFiles(desk, form));
      const next =
        outcome.kind === 'refused' && outcome.why === 'content'
          ? afterRefusal(desk, form, outcome)
          : undefined;
      if (outcome.kind === 'done') await observeArticle(desk, chat, message, form, outcome.result);
      if (!next) return outcome;
      form = next;
      if (lane === 'news') await desk.telegram.pace.turn(lane);
    }
  } finally {
    done();
  }
}

/** The form in which others alike went out, plain where the server knows no rich messages. */
function formFor(desk: Desk, message: Message): Message {
  if (!message.rich) return message;
  if (knownAbility(desk, 'rich') === false) return withoutRich(message);
  let form = message;
  const steps = desk.memory.articleForms.get(digestOf(message.rich.blocks)) ?? 0;
  for (let step = 0; step < steps && form.rich; step += 1) form = simpler(form) ?? form;
  return form;
}

const digests = new WeakMap<readonly RichBlock[], string>();

/** Stands for all articles with the same blocks. */
function digestOf(blocks: readonly RichBlock[]): string {
  const known = digests.get(blocks);
  if (known !== undefined) return known;
  const digest = createHash('sha1').update(JSON.stringify(blocks)).digest('base64url');
  digests.set(blocks, digest);
  return digest;
}

/** How many times simpler `form` is than the article of `message`; without one it is plain. */
function stepsTo(message: Message, form: Message): number {
  let steps = 0;
  for (let one: Message | undefined = message; one?.rich; one = simpler(one)) {
    if (form.rich && digestOf(one.rich.blocks) === digestOf(form.rich.blocks)) return steps;
    steps += 1;
  }
  return steps;
}

/** The next form after a refusal that concerns the article; undefined: it does not. */
function afterRefusal(
  desk: Desk,
  form: Message,
  { description }: { readonly description: string },
): Message | undefined {
  if (!form.rich) return undefined;
  desk.log.warn({ said: description }, 'Telegram refused the form of an article, trying a simpler one');
  if (/method not found|rich message must be non-empty|message text is empty/i.test(description)) {
    noteAbility(desk, 'rich', false);
    return withoutRich(form);
  }
  // An id of another bot or an outdated one: the address is still good.
  if (/FILE_ID_INVALID/.test(description))
    for (const url of picturesOf(form.rich.blocks)) desk.memory.files.delete(url);
  return simpler(form);
}

/** Learns what came of a sent article; where Telegram has cut it without a word, the plain form takes its place. */
async function observeArticle(
  desk: Desk,
  chat: Chat,
  message: Message,
  form: Message,
  sent: unknown,
): Promise<void> {
  const { rich } = message;
  if (!rich || typeof sent !== 'object' || sent === null) return;
  const { articleForms } = desk.memory;
  const digest = digestOf(rich.blocks);
  if (!form.rich) {
    if (knownAbility(desk, 'rich') !== false) articleForms.set(digest, stepsTo(message, form));
    return;
  }
  const { message_id: id, rich_message: echo } = sent as Sent;
  const shown = echo?.blocks;
  if (!Array.isArray(shown)) return;
  await learnFiles(desk, form.rich.blocks, shown as unknown[]);
  if (articleForms.get(digest) !== undefined) return;
  if (isWhole(form.rich.blocks, shown as RichBlock[])) {
    articleForms.set(digest, stepsTo(message, form));
    return;
  }
  desk.log.warn(
    { entries: sizeOfRich(form.rich.blocks).blocks },
    'Telegram cut an article without a word: it goes out as text',
  );
  articleForms.set(digest, stepsTo(message, withoutRich(message)));
  await desk.telegram.edit(chat, id, withoutRich(message), 'news');
}

/** Whether the echo has every letter and every block of what was sent. */
function isWhole(sent: readonly RichBlock[], echo: readonly RichBlock[]): boolean {
  const letters = (blocks: readonly RichBlock[]) => richTexts(blocks).join('').replace(/\s/g, '').length;
  return sizeOfRich(echo).blocks >= sizeOfRich(sent).blocks && letters(echo) >= letters(sent);
}

/** Waits while the first of all alike is on its way; gives what ends the wait of others. */
async function awaitFirst(desk: Desk, blocks: readonly RichBlock[]): Promise<() => void> {
  const { firsts } = desk.memory;
  const deadline = desk.clock.ticks() + FIRST_MS;
  for (;;) {
    const before = unknownOf(desk, blocks).flatMap((key) => firsts.get(key) ?? []);
    if (before.length === 0 || desk.clock.ticks() >= deadline) break;
    await Promise.race([...before, desk.clock.sleep(deadline - desk.clock.ticks())]);
  }
  const { promise, resolve } = Promise.withResolvers<void>();
  const mine = unknownOf(desk, blocks).filter((key) => !firsts.has(key));
  for (const key of mine) firsts.set(key, promise);
  return () => {
    for (const key of mine) firsts.delete(key);
    resolve();
  };
}

/** Facts that the next sending finds out: the form of these blocks, and the ids of their pictures. */
function unknownOf({ memory }: Desk, blocks: readonly RichBlock[]): string[] {
  const pictures = picturesOf(blocks).filter((url) => memory.files.get(url) === undefined);
  const digest = digestOf(blocks);
  return memory.articleForms.get(digest) === undefined ? [digest, ...pictures] : pictures;
}

/** The message with the ids of those pictures that Telegram has. */
export async function withKnownFiles(desk: Desk, message: Message): Promise<Message> {
  const { rich } = message;
  const urls = rich ? picturesOf(rich.blocks) : [];
  if (!rich || urls.length === 0) return message;
  const { files } = desk.memory;
  const unknown = urls.filter((url) => files.get(url) === undefined);
  for (const [url, id] of await knownFiles(desk, unknown)) files.set(url, id);
  return { ...message, rich: { ...rich, blocks: withFiles(rich.blocks, (url) => files.get(url)) } };
}

/** Keeps the ids of pictures, which Telegram gives back in the order in which they were sent. */
async function learnFiles(desk: Desk, sent: readonly RichBlock[], echo: readonly unknown[]): Promise<void> {
  const ids = photosIn(echo);
  const learnt = picturesOf(sent).flatMap((url, at): [string, string][] => {
    const id = ids[at];
    return id !== undefined && /^https?:/.test(url) && desk.memory.files.get(url) === undefined
      ? [[url, id]]
      : [];
  });
  if (learnt.length === 0 || ids.length !== picturesOf(sent).length) return;
  for (const [url, id] of learnt) desk.memory.files.set(url, id);
  try {
    await keepFiles(desk, learnt);
  } catch (error) {
    // The message is sent, which matters more; the next article finds them out again.
    if (!isStoreTrouble(error)) throw error;
  }
}

/** The id of each picture's largest size, in reading order. */
function photosIn(blocks: readonly unknown[]): string[] {
  return blocks.flatMap((block) => {
    const {
      photo,
      blocks: inner = [],
      items = [],
    } = block as {
      photo?: readonly { readonly file_id: string }[];
      blocks?: readonly unknown[];
      items?: readonly { readonly blocks: readonly unknown[] }[];
    };
    const id = Array.isArray(photo) ? photo.at(-1)?.file_id : undefined;
    return [
      ...(id === undefined ? [] : [id]),
      ...photosIn(inner),
      ...items.flatMap((item) => photosIn(item.blocks)),
    ];
  });
}
