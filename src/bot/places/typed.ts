/** Text typed where one of our messages waits for it: into a card a signature, topics, hours or a city. */
import type { MessageEntity } from 'grammy/types';
import { changeSettings } from '../../desk/chats/subscribe.ts';
import { awaitedOf, type CardWords, expectWords, type Wait } from '../../desk/memory/expected.ts';
import { type Change, changeFor, type Settings } from '../../news/settings.ts';
import { addTopics, MOST_TOPICS, readTopics, topicsTypedFreely } from '../../news/topics.ts';
import { line, say, takeAway } from '../answer.ts';
import { cardScreen, isLive, type LiveCard, typeScreen } from './card.ts';
import { openCard } from './set-up.ts';
import type { Counter } from '../context.ts';
import { followFreely } from '../follow.ts';

/** Takes a message as what one of ours waits for. False: none does. */
export async function onTyped(ctx: Counter): Promise<boolean> {
  const { message, from, here } = ctx;
  const text = message?.text;
  const { expected } = here.desk.memory;
  if (!from || text === undefined || here.command) {
    if (from && here.command) expected.delete(from.id);
    return false;
  }
  const wait = awaitedOf(here.desk, from.id);
  expected.delete(from.id);
  if (!wait) return false;
  if (wait.for === 'topics') await followFreely(ctx, text);
  else await intoCard(ctx, wait, text, from.id);
  return true;
}

async function intoCard(
  ctx: Counter,
  wait: Extract<Wait, { for: 'card' }>,
  text: string,
  person: number,
): Promise<void> {
  const { here } = ctx;
  const { locale } = here;
  const shown = await openCard(ctx, { id: person, locale }, wait.place);
  if (!('card' in shown)) return say(ctx, shown.refusal);
  const { card } = shown;
  if (!isLive(card) || !card.permission.bot.post) return say(ctx, cardScreen(card));
  const patch = readTyped(ctx, card, wait.what, text);
  if (!patch) {
    expectWords(here.desk, person, wait);
    const wrong = locale.html(`card-wrong-${wait.what}`, { limit: MOST_TOPICS });
    return say(ctx, line(wrong, typeScreen(card, wait.what).buttons));
  }
  const place = await changeSettings(here.desk, card.permission.chat, patch, card.place.settings.edition);
  if (wait.card !== undefined) await takeAway(ctx, wait.card);
  await say(ctx, cardScreen({ ...card, place }, locale.text('toast-saved')));
}

/** Undefined: not understood. */
function readTyped(ctx: Counter, card: LiveCard, what: CardWords, text: string): Change | undefined {
  switch (what) {
    case 'signature': {
      const signature = readSignature(text, ctx.message?.entities ?? []);
      return signature && { signature };
    }
    case 'filter': {
      const read = readTopics(topicsTypedFreely(text));
      if (read.kind !== 'topics') return undefined;
      const follow = addTopics(card.place.settings.follow, read.topics);
      return follow.length <= MOST_TOPICS ? { follow, followMode: 'only' } : undefined;
    }
    case 'digest':
    case 'quiet':
    case 'timezone':
      return changeFor(what, text);
  }
}

const LONGEST_SIGNATURE = 200;

/** Entities that lead somewhere: an address, words with an address behind them, `@name`. */
const LINKS = new Set<MessageEntity['type']>(['url', 'text_link', 'mention']);

/** One line with at most one link, which stands in it or under its words. */
function readSignature(text: string, entities: readonly MessageEntity[]): Settings['signature'] {
  const links = entities.filter(({ type }) => LINKS.has(type));
  const [link] = links;
  if (links.length > 1 || /\n/.test(text.trim())) return undefined;
  const behind = link?.type === 'text_link' ? link.url : undefined;
  const shown = link && behind === undefined ? text.slice(link.offset, link.offset + link.length) : undefined;
  const address = behind ?? shown?.replace(/^@/, 'https://t.me/');
  const words = (shown === undefined ? text : text.replace(shown, ' ')).replace(/\s+/g, ' ').trim();
  const said = words.replace(/^[\s:|·—–-]+|[\s:|·—–-]+$/gu, '') || (shown ?? '');
  if (said === '' || Array.from(said).length > LONGEST_SIGNATURE) return undefined;
  if (address === undefined) return { text: said };
  const whole = /^https?:\/\//i.test(address) ? address : `https://${address}`;
  return URL.canParse(whole) && whole.length <= 300 ? { text: said, link: whole } : undefined;
}
