/** Handlers of a card's buttons. Each press proves itself anew: whose it is, who they are there, what the bot may there. */
import { viewFrom } from '../../desk/chat-view.ts';
import { latestStories } from '../../desk/stories.ts';
import { isOff } from '../../desk/intake/health.ts';
import { addOwner, dropOwners, placeBehind } from '../../desk/chats/owners.ts';
import { changeSettings, pauseChat, resumeChat, subscribe, unsubscribe } from '../../desk/chats/subscribe.ts';
import { type CardWords, expectWords } from '../../desk/memory/expected.ts';
import { isEdition } from '../../news/edition.ts';
import { type Change, changeFor, CHOICES, doorOf, DOORS, fieldCalled, isFlag } from '../../news/settings.ts';
import { answerPress, redraw, say } from '../answer.ts';
import { sample } from '../articles.ts';
import { wordsHash, type Press } from '../buttons.ts';
import {
  type Card,
  cardChoice,
  cardDoor,
  cardScreen,
  filterScreen,
  hiddenScreen,
  isLive,
  isTyped,
  type LiveCard,
  moreScreen,
  pinScreen,
  rubricScreen,
  signatureScreen,
  typeScreen,
  unbindScreen,
} from './card.ts';
import { openCard } from './set-up.ts';
import { previewOf } from './preview.ts';
import type { Counter } from '../context.ts';
import { rubricsIn, toggledRubric } from '../rubrics.ts';

/** Acts that need nothing of the bot: looking, and stopping. */
const ALWAYS = new Set(['c', 'off', 'x', 'g:unbind', 'g:more', 'v']);

export async function onCard(ctx: Counter, { handle, act }: Extract<Press, { on: 'place' }>): Promise<void> {
  const { here, from } = ctx;
  const { desk, chat, locale } = here;
  const where = from && chat.kind === 'person' ? placeBehind(desk, from.id, handle) : undefined;
  if (!from || !where) return answerPress(ctx, locale.text('toast-stale'));
  desk.memory.expected.delete(from.id);
  const shown = await openCard(ctx, { id: from.id, locale }, where);
  if (!('card' in shown)) {
    // An old card must not go on showing the settings to who has no business with them any more.
    const isTheirs = shown.why !== 'not_admin' && shown.why !== 'may_not_post';
    return redraw(ctx, shown.refusal, isTheirs ? undefined : locale.text('toast-foreign'));
  }
  const { card } = shown;
  if (act.startsWith('e:')) return onEdition(ctx, card, act.slice(2));
  if (!isLive(card)) return redraw(ctx, cardScreen(card));
  if (!card.permission.bot.post && !ALWAYS.has(act)) return redraw(ctx, cardScreen(card));
  return onLive(ctx, card, act);
}

async function onEdition(ctx: Counter, card: Card, edition: string): Promise<void> {
  const { desk, locale } = ctx.here;
  if (!isEdition(edition)) return answerPress(ctx, locale.text('toast-stale'));
  if (!card.permission.bot.post) return redraw(ctx, cardScreen(card));
  if (await isOff(desk, edition)) {
    const no = desk.locales.for(edition).text('edition-off');
    return redraw(ctx, cardScreen(card, no), no);
  }
  const began = !isLive(card);
  const { chat } = card.permission;
  // A pause is ended by its own button.
  const subscriber = began
    ? (await subscribe(desk, chat, edition)).subscriber
    : await changeSettings(desk, chat, { edition }, edition);
  if (ctx.from) await addOwner(desk, subscriber, ctx.from.id, locale.edition);
  const done = locale.text(began ? 'card-started' : 'toast-saved');
  return redraw(ctx, cardScreen({ ...card, place: subscriber }, began ? done : undefined), done);
}

async function onLive(ctx: Counter, card: LiveCard, act: string): Promise<void> {
  const [verb = '', field = '', ...rest] = act.split(':');
  const { desk, locale } = ctx.here;
  switch (verb) {
    case 'c':
      return redraw(ctx, cardScreen(card));
    case 'g':
      // The text asked for here can simply be typed.
      if (isTyped(field)) awaitWords(ctx, card, field);
      return redraw(ctx, await screenOf(ctx, card, field));
    case 's':
      return onValue(ctx, card, field, rest.join(':'));
    case 'u':
      return changePlace(
        ctx,
        card,
        { follow: card.place.settings.follow.filter((topic) => wordsHash(topic) !== field) },
        filterScreen,
      );
    case 'r':
      return onRubric(ctx, card, field);
    case 'd':
      return changePlace(ctx, card, { signature: undefined }, signatureScreen);
    case 't':
      if (!isTyped(field)) break;
      awaitWords(ctx, card, field);
      return redraw(ctx, typeScreen(card, field));
    case 'v':
      return preview(ctx, card);
    case 'a':
      if (card.place.settings.hide) return offerPlaceArticles(ctx, card);
      return changePlace(ctx, card, { articles: true }, cardScreen);
    case 'off':
    case 'on': {
      const turn = verb === 'off' ? pauseChat : resumeChat;
      const place = (await turn(desk, card.permission.chat)) ?? card.place;
      const done = locale.text(verb === 'off' ? 'card-paused' : 'card-resumed');
      return redraw(ctx, cardScreen({ ...card, place }, done), done);
    }
    case 'x': {
      const place = await unsubscribe(desk, card.permission.chat);
      await dropOwners(desk, card.place);
      const done = locale.text('card-unbound');
      return redraw(ctx, cardScreen({ ...card, place }, done), locale.text('toast-saved'));
    }
  }
  return answerPress(ctx, locale.text('toast-stale'));
}

/** Takes what its presser types next as meant for the card. */
function awaitWords(ctx: Counter, card: LiveCard, what: CardWords): void {
  if (!ctx.from) return;
  const shown = ctx.callbackQuery?.message?.message_id;
  expectWords(ctx.here.desk, ctx.from.id, { for: 'card', place: card.permission.chat, what, card: shown });
}

/** Stores a change and draws `screen` with it. */
async function changePlace(
  ctx: Counter,
  card: LiveCard,
  patch: Change,
  screen: (card: LiveCard) => ReturnType<typeof cardScreen>,
): Promise<void> {
  const place = await changeSettings(ctx.here.desk, card.permission.chat, patch, card.place.settings.edition);
  await redraw(ctx, screen({ ...card, place }), ctx.here.locale.text('toast-saved'));
}

async function screenOf(ctx: Counter, card: LiveCard, name: string) {
  const choice = CHOICES.find((field) => field === name);
  if (choice) return cardChoice(card, choice);
  const door = DOORS.find((known) => known === name);
  if (door) return cardDoor(card, door);
  switch (name) {
    case 'more':
      return moreScreen(card);
    case 'filter':
      return filterScreen(card);
    case 'rubrics':
      return rubricScreen(card, await rubricsIn(ctx.here.desk, card.place.settings.edition));
    case 'signature':
      return signatureScreen(card);
    case 'unbind':
      return unbindScreen(card);
    default:
      return cardScreen(card);
  }
}

async function onValue(ctx: Counter, card: LiveCard, name: string, value: string): Promise<void> {
  const field = fieldCalled(name);
  const patch = field && changeFor(field, value);
  if (!patch || field === 'followMode') return answerPress(ctx, ctx.here.locale.text('toast-stale'));
  if (!isFlag(field)) return changePlace(ctx, card, patch, (changed) => cardChoice(changed, field));
  if (patch.articles) return offerPlaceArticles(ctx, card);
  if (patch.pin && !card.permission.bot.pin) return redraw(ctx, pinScreen(card));
  return changePlace(ctx, card, patch, (changed) => cardDoor(changed, doorOf(field)));
}

async function onRubric(ctx: Counter, card: LiveCard, hash: string): Promise<void> {
  const { edition, rubrics } = card.place.settings;
  const known = await rubricsIn(ctx.here.desk, edition);
  const chosen = toggledRubric(rubrics, known, hash);
  if (!chosen) return answerPress(ctx, ctx.here.locale.text('toast-stale'));
  return changePlace(ctx, card, { rubrics: chosen }, (changed) => rubricScreen(changed, known));
}

/** Shows the owner a post as an article, and what readers with old apps would see; its own button switches it on. */
async function offerPlaceArticles(ctx: Counter, card: LiveCard): Promise<void> {
  const { desk, locale } = ctx.here;
  if (card.place.settings.hide) return redraw(ctx, hiddenScreen(card));
  const { stories } = await latestStories(desk, card.place.settings.edition, { limit: 1 });
  const press = { on: 'place', handle: card.handle, act: 'a' } as const;
  const said = locale.text('articles-place');
  await say(ctx, sample(ctx, locale, stories[0], viewFrom(desk, card.place), said, press));
  await answerPress(ctx);
}

/** Sends the post as it would look there, as a message of its own. */
async function preview(ctx: Counter, card: LiveCard): Promise<void> {
  const { desk, locale } = ctx.here;
  const message = await previewOf(desk, card.place);
  if (message) await say(ctx, message);
  await answerPress(ctx, message ? undefined : locale.text('card-preview-none'));
}
