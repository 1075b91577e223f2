/** What a screen reader is told: what somebody else wrote or changed in the chats that are seen, once each. */
import { el } from './dom.js';
import { wholeLine } from './entities.js';

/** What comes within this time is told together, ms. */
const GATHER_MS = 400;
/** Chats told of at once, and letters of each. */
const MOST_CHATS = 3;
const MOST_LETTERS = 160;

/** `say(content)` speaks; `nameOf(key)` is how a chat is called. */
export function createHerald(say, nameOf) {
  const known = new Map();
  const news = new Map();
  let timer;

  function tell() {
    timer = undefined;
    const told = [...news].slice(-MOST_CHATS);
    news.clear();
    say(
      told.flatMap(([key, { line, language }]) => [
        el('span', {}, `${nameOf(key)}: `),
        el('span', { lang: language }, `${line.slice(0, MOST_LETTERS)}. `),
      ]),
    );
  }

  /** Called with every state of a chat; what stood there at the first look is nothing new. */
  return function take({ key, messages }, language, isSeen) {
    const before = known.get(key);
    const lines = new Map(
      messages.filter(({ mine, service }) => !mine && !service).map((one) => [one.id, wholeLine(one)]),
    );
    known.set(key, lines);
    const changed = [...lines].findLast(([id, text]) => before?.get(id) !== text);
    if (!before || !isSeen || !changed?.[1]) return;
    news.set(key, { line: changedPart(before.get(changed[0]) ?? '', changed[1]), language });
    timer ??= setTimeout(tell, GATHER_MS);
  };
}

/** The words of `after` that `before` did not have; all of it where words only went. */
function changedPart(before, after) {
  let start = 0;
  while (start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const from = after.lastIndexOf(' ', start) + 1;
  const to = after.indexOf(' ', after.length - end);
  return after.slice(from, to < 0 ? after.length : to).trim() || after;
}
