/** What a screen reader is told: what somebody else wrote or changed in the chats that are seen, once each. */
import { el } from './dom.js';
import { listedLine } from './entities.js';

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
      messages.filter(({ mine, service }) => !mine && !service).map((one) => [one.id, listedLine(one)]),
    );
    known.set(key, lines);
    const line = [...lines].findLast(([id, text]) => before?.get(id) !== text)?.[1];
    if (!before || !isSeen || !line) return;
    news.set(key, { line, language });
    timer ??= setTimeout(tell, GATHER_MS);
  };
}
