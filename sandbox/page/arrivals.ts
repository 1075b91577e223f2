/** Which story arrived in which chat and when, read off the local Telegram's own log: it takes nobody's word for it. */
import type { Version } from '../newsroom/archive.ts';
import type { Newsroom } from '../newsroom/newsroom.ts';
import type { Telegram } from '../telegram/telegram.ts';
import type { WireMessage } from '../telegram/wire.ts';

/** Arrivals of one story; moments in ms. */
export interface Arrival {
  readonly first: number;
  /** In the chat that had it last. */
  last: number;
  /** How often it arrived, by chat. */
  readonly chats: Map<number, number>;
}

export interface Arrivals {
  of(version: Version): Arrival | undefined;
  /** Reads what was delivered since the last call; the number of messages so far. To be called before ids change. */
  read(): number;
}

export function arrivalsOf(telegram: Telegram, newsroom: Newsroom): Arrivals {
  const known = new Map<string, Arrival>();
  /** Story by every id that it ever had. */
  const stories = new Map<number, string>();
  let seen = 0;
  return {
    of: (version) => known.get(keyOf(version)),
    read() {
      for (const version of newsroom.stories()) for (const id of version.ids) stories.set(id, keyOf(version));
      for (const { at, chatId, message } of telegram.deliveries(seen)) {
        seen += 1;
        // Whoever looks a story up has not been sent it.
        if (message.isAnswer) continue;
        // Its content when it arrived: later looks are edits.
        const shown = storiesIn(message.earlier[0]?.wire ?? message.wire, newsroom, stories);
        for (const story of shown) count(known, story, chatId, at);
      }
      return seen;
    },
  };
}

const keyOf = ({ piece, tongue }: Version): string => `${piece} ${tongue}`;

function count(known: Map<string, Arrival>, story: string, chat: number, at: number): void {
  const arrival = known.get(story) ?? { first: at, last: at, chats: new Map() };
  known.set(story, arrival);
  const times = arrival.chats.get(chat) ?? 0;
  if (times === 0) arrival.last = at;
  arrival.chats.set(chat, times + 1);
}

/** Stories that a message shows, each once. */
function storiesIn(
  wire: WireMessage,
  newsroom: Newsroom,
  stories: ReadonlyMap<number, string>,
): ReadonlySet<string> {
  const addresses = JSON.stringify([wire.entities ?? [], wire.rich_message ?? {}, wire.text ?? '']);
  const found = addresses.matchAll(/(https?:\/\/[^/"\s]+)\/(?:be|ru|en)\/news\/(\d+)/g);
  const ids = [...found].filter(([, origin]) => origin === newsroom.url).map(([, , id]) => Number(id));
  return new Set(ids.flatMap((id) => stories.get(id) ?? []));
}
