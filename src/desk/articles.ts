/**
 * Messages on their way: whole, and where Telegram refuses their content in simpler and simpler forms, down to bare text. An
 * article goes out in the form in which Telegram took the first of all alike.
 */
import { type Message, simpler, withoutRich } from '../news/message.ts';
import { picturesOf, richTexts, type RichBlock, sizeOfRich, withoutPictures } from '../news/rich.ts';
import type { Chat } from '../news/subscriber.ts';
import type { Outcome } from '../telegram/outcome.ts';
import type { Asker } from '../telegram/askers.ts';
import type { Lane } from '../telegram/lanes.ts';
import { knownAbility, noteAbility } from './abilities.ts';
import type { Desk } from './desk.ts';
import { awaitFirst, digestOf } from './first-of-all.ts';
import { learnFiles, withKnownFiles } from './picture-ids.ts';

type Sent = { readonly message_id: number; readonly rich_message?: { readonly blocks?: unknown } };

/**
 * Sends a message for which the caller has a turn. `isStopped` is asked right before it leaves: articles may wait for the
 * first of their kind. What is stopped never reached Telegram.
 */
export const sendForm = (
  desk: Desk,
  chat: Chat,
  message: Message,
  { mayCost = false, isStopped }: { readonly mayCost?: boolean; readonly isStopped: () => boolean },
): Promise<Outcome<{ message_id: number }>> => {
  const send = (form: Message): Promise<Outcome<{ message_id: number }>> =>
    isStopped() ? Promise.resolve(STOPPED) : desk.telegram.send(chat, form, mayCost);
  return inForms(desk, chat, message, (form, isAgain) =>
    isAgain ? desk.telegram.pace.turn('news').then(() => send(form)) : send(form),
  );
};

const STOPPED = { kind: 'unreached', detail: 'stopped' } as const;

/** Puts `message` in place of an earlier one: text or article, whatever stands there. */
export const editForm = (
  desk: Desk,
  chat: Chat,
  messageId: number,
  message: Message,
  lane: Lane = 'edit',
): Promise<Outcome<unknown>> =>
  inForms(desk, chat, message, (form) => desk.telegram.edit(chat, messageId, form, lane));

/** Answers somebody; `keyboard`: instead of buttons, as the Bot API has it. */
export const answerForm = (
  desk: Desk,
  asker: Asker,
  chat: Chat,
  message: Message,
  keyboard?: object,
): Promise<Outcome<{ message_id: number }>> =>
  inForms(desk, chat, message, (form) => desk.telegram.answer(asker, chat, form, keyboard));

/** Draws an answer again. */
export const redrawForm = (
  desk: Desk,
  asker: Asker,
  chat: Chat,
  messageId: number,
  message: Message,
): Promise<Outcome<unknown>> =>
  inForms(desk, chat, message, (form) => desk.telegram.redraw(asker, chat.id, messageId, form));

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
    // A text that is refused here is so for the place or the person.
    const next = form.rich && (afterRefusal(desk, form, outcome) ?? afterCut(form, outcome));
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

/** The text to show instead of an article that was cut. */
function afterCut({ rich, ...text }: Message, outcome: Outcome<unknown>): Message | undefined {
  const echo = outcome.kind === 'done' ? (outcome.result as Sent).rich_message?.blocks : undefined;
  return rich && Array.isArray(echo) && !isWhole(rich.blocks, echo as RichBlock[]) ? text : undefined;
}

/** `call`: tries one form; `isAgain`: after the refusal of another. */
async function inForms<T>(
  desk: Desk,
  chat: Chat,
  message: Message,
  call: (form: Message, isAgain: boolean) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const done = message.rich && (await awaitFirst(desk, message.rich.blocks));
  try {
    const first = formFor(desk, message);
    for (let form = first; ; ) {
      const named = form.rich ? await withKnownFiles(desk, form) : form;
      const outcome = await call(named, form !== first);
      if (message.rich && outcome.kind === 'done')
        await observeArticle(desk, chat, message, form, outcome.result);
      const next = afterRefusal(desk, form, outcome);
      if (!next) return outcome;
      form = next;
    }
  } finally {
    done?.();
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

/** How many times simpler `form` is than the article of `message`; without one it is plain. */
function stepsTo(message: Message, form: Message): number {
  let steps = 0;
  for (let one: Message | undefined = message; one?.rich; one = simpler(one)) {
    if (form.rich && digestOf(one.rich.blocks) === digestOf(form.rich.blocks)) return steps;
    steps += 1;
  }
  return steps;
}

/** The form to try after a refusal; undefined: it is not of the content, or nothing simpler is left. */
function afterRefusal(desk: Desk, form: Message, outcome: Outcome<unknown>): Message | undefined {
  if (outcome.kind !== 'refused' || outcome.why !== 'content') return undefined;
  const { description: said } = outcome;
  const isUnknown = /method not found|rich message must be non-empty|message text is empty/i.test(said);
  if (form.rich && isUnknown) noteAbility(desk, 'rich', false);
  // An id of another bot or an outdated one: the address is still good.
  if (form.rich && /FILE_ID_INVALID/.test(said))
    for (const url of picturesOf(form.rich.blocks)) desk.memory.files.delete(url);
  const next = form.rich && isUnknown ? withoutRich(form) : simpler(form);
  const words = next
    ? 'Telegram refused the form of a message, trying a simpler one'
    : 'Telegram refused a message in every form';
  desk.log.warn({ said }, words);
  return next;
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
  const keep = (taken: Message) => articleForms.set(digest, stepsTo(message, taken));
  if (!form.rich) return knownAbility(desk, 'rich') === false ? undefined : keep(form);
  const { message_id: id, rich_message: echo } = sent as Sent;
  const shown = echo?.blocks;
  if (!Array.isArray(shown)) return;
  await learnFiles(desk, form.rich.blocks, shown as unknown[]);
  if (articleForms.get(digest) !== undefined) return;
  if (isWhole(form.rich.blocks, shown as RichBlock[])) return keep(form);
  desk.log.warn(
    { entries: sizeOfRich(form.rich.blocks).blocks },
    'Telegram cut an article without a word: it goes out as text',
  );
  keep(withoutRich(message));
  await desk.telegram.edit(chat, id, withoutRich(message), 'news');
}

/** Whether the echo has every letter and every block of what was sent. */
function isWhole(sent: readonly RichBlock[], echo: readonly RichBlock[]): boolean {
  const letters = (blocks: readonly RichBlock[]) => richTexts(blocks).join('').replace(/\s/g, '').length;
  return sizeOfRich(echo).blocks >= sizeOfRich(sent).blocks && letters(echo) >= letters(sent);
}
