/** Handlers of a card's buttons. Each press proves itself anew: whose it is, who they are there, what the bot may there. */
import { viewFrom } from '../../desk/chat-view.ts';
import { isOff } from '../../desk/intake/health.ts';
import { addOwner, dropOwners, placeBehind } from '../../desk/chats/owners.ts';
import { changeSettings, pauseChat, resumeChat, subscribe, unsubscribe } from '../../desk/chats/subscribe.ts';
import { type CardWords, expectWords } from '../../desk/memory/expected.ts';
import { latestStories } from '../../desk/stories.ts';
import { isFor, storyTerms } from '../../news/audience.ts';
import { isEdition } from '../../news/edition.ts';
import type { Message } from '../../news/message.ts';
import { CHOICES, DOORS } from '../../news/settings.ts';
import { renderStory } from '../../render/message.ts';
import { answerPress, redraw, say } from '../answer.ts';
import { offerArticles } from '../offer-articles.ts';
import type { Press } from '../buttons.ts';
import { choiceMenu, doorMenu, onDrop, onRubric, onSet, save } from '../menus.ts';
import {
  type Card,
  cardScreen,
  filterScreen,
  isLive,
  isTyped,
  type LiveCard,
  moreScreen,
  pinScreen,
  rubricScreen,
  signatureScreen,
  targetOf,
  typeScreen,
  unbindScreen,
} from './card.ts';
import { openCard } from './set-up.ts';
import type { Counter } from '../context.ts';
import { rubricsIn } from '../rubrics.ts';

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
  const target = targetOf(desk, card);
  switch (verb) {
    case 'c':
      return redraw(ctx, cardScreen(card));
    case 'g':
      // The text asked for here can simply be typed.
      if (isTyped(field)) awaitWords(ctx, card, field);
      return redraw(ctx, await screenOf(ctx, card, field));
    case 's':
      if (field === 'pin' && rest[0] === 'on' && !card.permission.bot.pin)
        return redraw(ctx, pinScreen(card));
      return onSet(ctx, target, { field, value: rest.join(':') }, (screen, { subscriber: place }) =>
        screenOf(ctx, { ...card, place }, screen),
      );
    case 'u':
      return onDrop(ctx, target, field, filterScreen);
    case 'r':
      return onRubric(ctx, target, field, rubricScreen);
    case 'd':
      return save(ctx, target, { signature: undefined }, ({ subscriber: place }) =>
        signatureScreen({ ...card, place }),
      );
    case 't':
      if (!isTyped(field)) break;
      awaitWords(ctx, card, field);
      return redraw(ctx, typeScreen(card, field));
    case 'v':
      return preview(ctx, card);
    case 'a':
      if (card.place.settings.hide) return offerArticles(ctx, target);
      return save(ctx, target, { articles: true }, ({ subscriber: place }) => cardScreen({ ...card, place }));
    case 'off':
    case 'on': {
      const change = verb === 'off' ? pauseChat : resumeChat;
      const place = (await change(desk, card.permission.chat)) ?? card.place;
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

async function screenOf(ctx: Counter, card: LiveCard, name: string): Promise<Message> {
  const target = targetOf(ctx.here.desk, card);
  const choice = CHOICES.find((field) => field === name);
  if (choice) return choiceMenu(target, choice);
  const door = DOORS.find((known) => known === name);
  if (door) return doorMenu(target, door);
  switch (name) {
    case 'more':
      return moreScreen(card);
    case 'filter':
      return filterScreen(target);
    case 'rubrics':
      return rubricScreen(target, await rubricsIn(ctx.here.desk, card.place.settings.edition));
    case 'signature':
      return signatureScreen(card);
    case 'unbind':
      return unbindScreen(card);
    default:
      return cardScreen(card);
  }
}

/** Stories looked through for one that the place would get. */
const LOOKED_THROUGH = 60;

/** Sends the next post as it would look there, as a message of its own. */
async function preview(ctx: Counter, { place }: LiveCard): Promise<void> {
  const { desk, locale } = ctx.here;
  const { stories } = await latestStories(desk, place.settings.edition, { limit: LOOKED_THROUGH });
  const story = stories.find((one) =>
    isFor(place, {
      kind: 'story',
      seq: 1,
      at: desk.clock.now(),
      story: one,
      terms: storyTerms(one),
      urgent: one.urgent,
    }),
  );
  if (!story) return answerPress(ctx, locale.text('card-preview-none'));
  await say(ctx, renderStory(story, viewFrom(desk, place), desk.locales));
}
