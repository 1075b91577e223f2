/** Takes out of texts and errors all that could be a chat id, a secret or somebody's words. */

const TOKEN = /\d{5,}:[A-Za-z0-9_-]{20,}/g;
/** The shortest run of digits that is taken for an id; shorter ones are ports, line numbers, counts. */
const LONG_NUMBER = /-?\d[\d_]{5,}/g;
/** A digest, a sealed record or an id in another base. */
const BLOB = /(?:0x)?[0-9a-f]{16,}|0x[0-9a-f]{5,}|[A-Za-z0-9+/_-]{24,}={0,2}/gi;
const QUOTES = /"[^"]*"?|“[^”]*”?|«[^»]*»?|`[^`]*`?/g;
/** A name in apostrophes is the program's own only where the words around say so. The one in "can't" opens and closes nothing. */
const APOSTROPHES =
  /((?:reading|setting|call to) )?(?<![A-Za-z])'((?:[^']|(?<=[A-Za-z])'(?=[A-Za-z]))*)(?:'|$)( command)?/gi;
const IDENTIFIER = /^[A-Za-z_$][\w$.|]{0,40}$/;
/** Errors of libraries are in English: anything beyond ASCII is content. */
const FOREIGN = /[^\x20-\x7e\n]+/g;
/** From here on Redis repeats a command with its arguments. */
const ARGUMENTS = /with args beginning with:.*/s;

/** Errors of the language, of nobody in particular, of no proper name: what they add after a colon or in brackets is what they were given. */
const GENERAL = /^(?:\[\?\]|Error|(?:Aggregate|Type|Range|Syntax|Reference|URI|Eval)Error)$/;
const ADDED = /: .*|\((?!reading ).*/s;

const LONGEST = 500;

/** `text` without tokens, ids and blobs; words and quotes stay. */
export function scrubText(text: string): string {
  return cut(withoutTokens(text).replace(BLOB, hideBlob).replace(LONG_NUMBER, '[number]'));
}

/** One identifier such as `ECONNRESET`, `store.corrupt`, `be`; anything else is hidden. */
export function scrubWord(word: string): string {
  return /^[A-Za-z0-9][\w.:/ -]{0,60}$/.test(word) && word === scrubText(word) ? word : '[?]';
}

/** An address without the name and password in it and without a token. */
export function scrubAddress(address: string): string {
  return cut(withoutTokens(address).replace(/(\w:\/\/)[^/@\s]*@/g, '$1'));
}

export interface DescribedError {
  readonly type: string;
  readonly code?: string;
  readonly message: string;
  readonly stack?: readonly string[];
  readonly cause?: DescribedError;
}

/**
 * An error as a log line may show it: its class, its code, its sentence without quotes, ids and anything that is not
 * plain English, the places of its stack, and its causes. Nothing else that hangs on it (a request, a payload, the
 * arguments of a command) is looked at.
 */
export function describeError(error: unknown, depth = 3): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: '[not an error]' };
  const code = 'code' in error && typeof error.code === 'string' ? scrubWord(error.code) : undefined;
  const cause = nextCause(error);
  return {
    type: scrubWord(String(error.name)),
    ...(code ? { code } : {}),
    message: scrubSentence(withoutAdded(error)),
    ...(typeof error.stack === 'string' ? { stack: places(error.stack) } : {}),
    ...(cause !== undefined && depth > 0 ? { cause: describeError(cause, depth - 1) } : {}),
  };
}

function withoutAdded({ name, message }: Error): string {
  return GENERAL.test(scrubWord(String(name))) ? String(message).replace(ADDED, ' […]') : String(message);
}

/** Message of another program, without anything that it may have quoted. */
export function scrubSentence(sentence: string): string {
  const unquoted = sentence
    .replace(ARGUMENTS, '[arguments]')
    .replace(QUOTES, '[…]')
    .replace(APOSTROPHES, (all, before = '', inner = '', after = '') =>
      before + after !== '' && IDENTIFIER.test(inner) ? all : `${before}[…]${after}`,
    )
    .replaceAll('[…]', '\u0000');
  return scrubText(unquoted.replaceAll('\u0000', '~~').replace(FOREIGN, '~~')).replaceAll('~~', '[…]');
}

function nextCause(error: Error): unknown {
  if (error.cause !== undefined) return error.cause;
  // grammY's HttpError keeps its cause under `error`, an AggregateError in a list.
  if (error instanceof AggregateError) return error.errors[0];
  return 'error' in error ? error.error : undefined;
}

/** The frames of a stack, each as `function file:line:column`; the sentence above them is not repeated. */
function places(stack: string): string[] {
  return stack
    .split('\n')
    .flatMap((line) => {
      const frame = /^\s+at (?:(.*) \()?(?:file:\/\/)?([^()]*?):(\d+):(\d+)\)?$/.exec(line);
      if (!frame) return [];
      const [, place = '', file = '', row, column] = frame;
      return [`${scrubSentence(place)} ${shortPath(file)}:${row}:${column}`.trim()];
    })
    .slice(0, 12);
}

const shortPath = (path: string): string => scrubText(path.split('/').slice(-3).join('/'));

const withoutTokens = (text: string): string => text.replace(TOKEN, '[token]');

/** Long lower-case words and paths are not blobs; a mix with digits or both cases is. */
function hideBlob(found: string): string {
  const mixed = /\d/.test(found) && /[a-z]/i.test(found);
  const bothCases = /[a-z][A-Z]/.test(found) && !found.includes('/') && found.length > 40;
  return mixed || bothCases ? '[blob]' : found;
}

const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
