/** Methods that answer people who wait: a pressed button, an inline query. */
import { flagOf, integerOf, isObject, jsonOf, textOf, type Params } from './params.ts';
import { allBlocks, checkRich, readRich } from './rich.ts';
import { codePoints } from './text.ts';
import { formatted, finishDraft } from './content.ts';
import { TEXT_LIMIT } from './send.ts';
import type { Bot, Waiting, World } from './world.ts';
import { badRequest } from './wire.ts';

/** The part of an answered press that a person sees. */
export interface PressAnswer {
  readonly text?: string;
  readonly showAlert?: boolean;
  readonly url?: string;
}

/** One inline result with the message that choosing it would send. */
export interface InlineResult {
  readonly id: string;
  readonly type: string;
  readonly [field: string]: unknown;
}

export interface InlineAnswer {
  readonly results: readonly InlineResult[];
  readonly nextOffset: string;
  readonly cacheTime: number;
  readonly isPersonal: boolean;
  readonly button?: unknown;
}

/** Takes the query that waits, or refuses as Telegram does when it is too late. */
function takeWaiting(world: World, bot: Bot, kind: Waiting['kind'], id: string): Waiting {
  const waiting = world.waiting.get(id);
  if (!waiting || waiting.kind !== kind || waiting.botId !== bot.user.id || world.clock.now() > waiting.until)
    throw badRequest('query is too old and response timeout expired or query ID is invalid');
  world.waiting.delete(id);
  return waiting;
}

export function answerCallbackQuery(world: World, bot: Bot, params: Params): true {
  const text = textOf(params, 'text');
  const url = textOf(params, 'url');
  const id = textOf(params, 'callback_query_id');
  if (codePoints(text) > 200) throw badRequest('MESSAGE_TOO_LONG');
  const showAlert = flagOf(params, 'show_alert');
  const answer: PressAnswer = { ...(text && { text }), ...(showAlert && { showAlert }), ...(url && { url }) };
  takeWaiting(world, bot, 'callback', id).settle({ ...answer });
  return true;
}

const RESULT_LIMIT = 50;

export function answerInlineQuery(world: World, bot: Bot, params: Params): true {
  const given = jsonOf(params, 'results', "can't parse inline query results JSON object");
  if (!Array.isArray(given)) throw badRequest('expected an Array of inline query results');
  const results = given.map((item) => readResult(world, item));
  if (results.length > RESULT_LIMIT) throw badRequest('RESULTS_TOO_MUCH');
  if (new Set(results.map(({ id }) => id)).size < results.length) throw badRequest('RESULT_ID_DUPLICATE');
  const nextOffset = textOf(params, 'next_offset');
  if (Buffer.byteLength(nextOffset) > 64) throw badRequest('NEXT_OFFSET_INVALID');
  const button = jsonOf(params, 'button', "can't parse inline query results button JSON object");
  if (
    isObject(button) &&
    button['start_parameter'] !== undefined &&
    !/^[\w-]{1,64}$/.test(textOf(button, 'start_parameter'))
  )
    throw badRequest('START_PARAM_INVALID');
  const waiting = takeWaiting(world, bot, 'inline', textOf(params, 'inline_query_id'));
  const answer: InlineAnswer = {
    results,
    nextOffset,
    cacheTime: integerOf(params, 'cache_time', 300, 0, 86_400),
    isPersonal: flagOf(params, 'is_personal'),
    ...(button !== undefined && { button }),
  };
  waiting.settle({ ...answer });
  return true;
}

/** An inline result carries only files that were uploaded before. */
function checkInlineRich(world: World, content: Readonly<Record<string, unknown>>): void {
  const rich = readRich(world, content);
  if (!rich) throw badRequest('invalid inline message content specified');
  checkRich(rich);
  if (
    allBlocks(rich.blocks).some(({ type, photo }) => type === 'photo' && !String(photo).startsWith('photo-'))
  )
    throw badRequest('invalid rich message file identifier specified');
}

/** Checks one result as far as this server knows it: articles with text; other kinds pass as they are. */
export function readResult(world: World, item: unknown): InlineResult {
  if (!isObject(item))
    throw badRequest("can't parse inline query result: Inline query result must be an Object");
  const id = textOf(item, 'id');
  const type = textOf(item, 'type');
  if (id === '' || Buffer.byteLength(id) > 64) throw badRequest('RESULT_ID_INVALID');
  if (type === 'article' && textOf(item, 'title') === '')
    throw badRequest('can\'t parse inline query result: Can\'t find field "title"');
  const content = item['input_message_content'];
  if (type === 'article' && !isObject(content)) throw badRequest('message text is empty');
  if (isObject(content) && content['rich_message'] !== undefined) checkInlineRich(world, content);
  if (isObject(content) && content['message_text'] !== undefined) {
    const text = textOf(content, 'message_text');
    if (text === '') throw badRequest('message text is empty');
    finishDraft(world, formatted(content, text, 'entities'), TEXT_LIMIT, 'message');
  }
  return { ...item, id, type };
}
