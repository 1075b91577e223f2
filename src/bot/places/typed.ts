/** What is typed into a card: a signature, topics, hours, a city. Which card waits for words is remembered in memory only. */
import { changeSettings } from '../../desk/chats/subscribe.ts';
import { type Change, changeFor, type Settings } from '../../news/settings.ts';
import type { Chat } from '../../news/subscriber.ts';
import { line, say, unlessGone } from '../answer.ts';
import { cardScreen, isLive, type LiveCard, type Typed, typeScreen } from './card.ts';
import { openCard } from './set-up.ts';
import type { Counter } from '../context.ts';
import { isSame, LONGEST_TOPIC, MOST_TOPICS, topicsIn } from '../follow.ts';

/** A card that waits for words. */
export interface Wait {
  readonly place: Chat;
  readonly what: Typed;
  /** The message that is the card; it goes when the new one comes. */
  readonly card: number | undefined;
}

/** Which cards wait for words of whom. */
export interface Expected {
  await(person: number, wait: Wait): void;
  drop(person: number): void;
  /** What is awaited of the person, if it is not too long ago. */
  take(person: number, now: number): Wait | undefined;
}

const PATIENCE_MS = 10 * 60_000;
const MOST_WAITS = 1000;

export function createExpected(now: () => number): Expected {
  const waits = new Map<number, Wait & { readonly until: number }>();
  return {
    await(person, wait) {
      waits.delete(person);
      waits.set(person, { ...wait, until: now() + PATIENCE_MS });
      const oldest = waits.keys().next();
      if (waits.size > MOST_WAITS && !oldest.done) waits.delete(oldest.value);
    },
    drop: (person) => void waits.delete(person),
    take(person, at) {
      const wait = waits.get(person);
      waits.delete(person);
      return wait && wait.until > at ? wait : undefined;
    },
  };
}

/** Takes a message as what a card waits for. False: none does. */
export async function onTyped(ctx: Counter, expected: Expected): Promise<boolean> {
  const { message, from, here } = ctx;
  const text = message?.text;
  if (!from || text === undefined || here.command) {
    if (from && here.command) expected.drop(from.id);
    return false;
  }
  const wait = expected.take(from.id, here.desk.clock.now());
  if (!wait) return false;
  const { locale } = here;
  const shown = await openCard(ctx, { id: from.id, locale }, wait.place);
  if (!('card' in shown)) {
    await say(ctx, shown.refusal);
    return true;
  }
  const { card } = shown;
  if (!isLive(card) || !card.permission.bot.post) {
    await say(ctx, cardScreen(card));
    return true;
  }
  const patch = readTyped(ctx, card, wait.what, text);
  if (!patch) {
    expected.await(from.id, wait);
    const wrong = locale.html(`card-wrong-${wait.what}`, { limit: MOST_TOPICS });
    await say(ctx, line(wrong, typeScreen(card, wait.what).buttons));
    return true;
  }
  const place = await changeSettings(here.desk, card.permission.chat, patch, card.place.settings.edition);
  if (wait.card !== undefined) await unlessGone(ctx.api.deleteMessage(here.chat.id, wait.card));
  await say(ctx, cardScreen({ ...card, place }, locale.text('toast-saved')));
  return true;
}

/** Undefined: not understood. */
function readTyped(ctx: Counter, card: LiveCard, what: Typed, text: string): Change | undefined {
  switch (what) {
    case 'signature': {
      const signature = readSignature(text, ctx.message?.entities ?? []);
      return signature && { signature };
    }
    case 'filter': {
      const { follow } = card.place.settings;
      const topics = topicsIn(text).filter((topic) => !follow.some((known) => isSame(known, topic)));
      const fits = topics.every(({ length }) => length >= 2 && length <= LONGEST_TOPIC);
      return fits && topics.length > 0 && follow.length + topics.length <= MOST_TOPICS
        ? { follow: [...follow, ...topics], followMode: 'only' }
        : undefined;
    }
    case 'digest':
    case 'quiet':
    case 'timezone':
      return changeFor(what, text);
  }
}

const LONGEST_SIGNATURE = 200;

type Entity = {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
};

/** One line with at most one link, which stands in it or under its words. */
export function readSignature(text: string, entities: readonly Entity[]): Settings['signature'] {
  const links = entities.filter(({ type }) => type === 'url' || type === 'text_link');
  const [link] = links;
  if (links.length > 1 || /\n/.test(text.trim())) return undefined;
  const shown = link?.type === 'url' ? text.slice(link.offset, link.offset + link.length) : undefined;
  const address = link?.url ?? shown;
  const words = (shown === undefined ? text : text.replace(shown, ' ')).replace(/\s+/g, ' ').trim();
  const said = words.replace(/^[\s:|·—–-]+|[\s:|·—–-]+$/gu, '') || (shown ?? '');
  if (said === '' || Array.from(said).length > LONGEST_SIGNATURE) return undefined;
  if (address === undefined) return { text: said };
  const whole = /^https?:\/\//i.test(address) ? address : `https://${address}`;
  return URL.canParse(whole) && whole.length <= 300 ? { text: said, link: whole } : undefined;
}
