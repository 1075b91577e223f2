/** The card of a place: what is set there and every button that changes it. One message in private that edits itself. */
import type { Permission } from '../../desk/chats/permission.ts';
import { changeSettings } from '../../desk/chats/subscribe.ts';
import type { Desk } from '../../desk/desk.ts';
import { CARD_WORDS, type CardWords } from '../../desk/memory/expected.ts';
import { EDITION_NAMES, EDITIONS } from '../../news/edition.ts';
import type { Button, Message } from '../../news/message.ts';
import { DOORS } from '../../news/settings.ts';
import { placeKind, type Subscriber } from '../../news/subscriber.ts';
import { escapeHtml, foreignHtml } from '../../render/html.ts';
import type { Locale } from '../../render/locale.ts';
import { line } from '../answer.ts';
import { backRow, rubricRows, topicRows, whatHolds } from '../menus.ts';
import { button, type ButtonRow, packed } from '../rows.ts';
import type { Menu, MenuPress, Target } from '../target.ts';

/** Content of a card and its viewer. */
export interface Card {
  /** The language of the person, not of the place. */
  readonly locale: Locale;
  readonly permission: Extract<Permission, { may: true }>;
  /** The stored record of the place; undefined: nothing yet. */
  readonly place: Subscriber | undefined;
  /** Whether the channel whose posts appear in this group has the news. */
  readonly doubled: boolean;
  readonly handle: string;
}

/** A card of a place that has settings in use. */
export type LiveCard = Card & { readonly place: Subscriber };

/** Whether the news is set up there, be it paused. */
export const isLive = (card: Card): card is LiveCard =>
  card.place !== undefined && card.place.state !== 'idle' && card.place.state !== 'left';

export function titleIn(locale: Locale, { chat, title }: Pick<Card['permission'], 'chat' | 'title'>): string {
  return chat.thread === undefined
    ? title
    : locale.text('channels-topic', { title, number: String(chat.thread) });
}

const act = ({ handle }: Card, text: string, name: string) =>
  button(text, { on: 'place', handle, act: name });

/** The whole card; `notice`: what has just been done. */
export function cardScreen(card: Card, notice?: string): Message {
  const { locale, permission } = card;
  const head = [
    `<b>${foreignHtml(titleIn(locale, permission))}</b>`,
    ...(notice ? [escapeHtml(notice)] : []),
  ];
  if (!permission.bot.post) head.push(locale.html(`obstacle-mute-${placeKind(permission.chat)}`));
  if (card.doubled) head.push(locale.html('card-linked'));
  if (permission.slow) head.push(locale.html('card-slow'));
  if (!isLive(card)) {
    const forum = permission.forum && permission.chat.thread === undefined ? [locale.html('card-forum')] : [];
    const choose = permission.bot.post ? [locale.html('card-choose'), ...forum] : [];
    return line(
      [...head, ...choose].join('\n\n'),
      permission.bot.post
        ? [...editionRows(card), [listButton(card)]]
        : [[act(card, locale.text('button-check'), 'c')], [listButton(card)]],
    );
  }
  return line([head.join('\n\n'), '', locale.html(stateKey(card.place))].join('\n'), [
    ...editionRows(card),
    ...packed([
      act(card, locale.text('button-preview'), 'v'),
      act(card, locale.text('button-more'), 'g:more'),
    ]),
    [listButton(card)],
  ]);
}

const listButton = ({ locale }: Card): Button =>
  button(locale.text('button-channels-list'), { on: 'places' });

const editionRows = (card: Card): ButtonRow[] =>
  packed(
    EDITIONS.map((edition) => {
      const chosen = isLive(card) && card.place.settings.edition === edition;
      return act(card, `${chosen ? '✓ ' : ''}${EDITION_NAMES[edition]}`, `e:${edition}`);
    }),
  );

function stateKey({ state, note }: Subscriber) {
  if (state === 'active') return 'card-state-active' as const;
  if (state !== 'paused') return 'card-state-idle' as const;
  return note === 'rights' || note === 'topic'
    ? (`card-state-${note}` as const)
    : ('card-state-paused' as const);
}

/** All else that can be done with a place: the doors to its settings, a pause, the end. */
export function moreScreen(card: LiveCard): Message {
  const { locale, place } = card;
  const isPaused = place.state === 'paused';
  return line(`<b>${foreignHtml(titleIn(locale, card.permission))}</b>`, [
    ...DOORS.map((door) => [act(card, locale.text(`door-${door}`), `g:${door}`)]),
    ...packed([
      act(card, locale.text(isPaused ? 'button-go-on' : 'button-pause'), isPaused ? 'on' : 'off'),
      act(card, locale.text('button-unbind'), 'g:unbind'),
    ]),
    toCard(card),
  ]);
}

const toCard = (card: Card): ButtonRow => [act(card, card.locale.text('button-to-card'), 'c')];

/** The place, set up from its card. */
export const targetOf = (desk: Desk, card: LiveCard): Target => ({
  subscriber: card.place,
  locale: card.locale,
  byCard: true,
  button: (text, press) => act(card, text, actOf(press)),
  besides: (menu) => besides(card, menu),
  async change(patch) {
    const { chat, settings } = card.place;
    return targetOf(desk, { ...card, place: await changeSettings(desk, chat, patch, settings.edition) });
  },
});

/** How a card writes what menus ask for: short, for it writes its place too. */
function actOf(press: MenuPress): string {
  switch (press.on) {
    case 'set':
      return `s:${press.field}:${press.value}`;
    case 'go':
      return `g:${press.screen === 'settings' ? 'more' : press.screen}`;
    case 'unfollow':
      return `u:${press.hash}`;
    case 'rubric':
      return `r:${press.hash}`;
    case 'articles':
      return 'a';
  }
}

function besides(card: LiveCard, menu: Menu): ButtonRow {
  const { locale, place } = card;
  const { follow, rubrics, signature } = place.settings;
  const count = (items: readonly string[]) => items.length || locale.text('value-nothing');
  if (menu === 'topics') return [act(card, locale.text('button-filter-add'), 't:filter')];
  if (menu === 'articles') return toCard(card);
  if (menu === 'comes')
    return [
      act(card, `${locale.text('field-filter')}: ${count(follow)}`, 'g:filter'),
      act(card, `${locale.text('field-rubrics')}: ${count(rubrics)}`, 'g:rubrics'),
    ];
  if (menu !== 'looks') return isTyped(menu) ? [act(card, locale.text('button-other'), `t:${menu}`)] : [];
  const said = signature?.text ?? locale.text('value-none');
  return [act(card, `${locale.text('field-signature')}: ${said}`, 'g:signature')];
}

export const isTyped = (what: string): what is CardWords => CARD_WORDS.some((name) => name === what);

/** Which news is posted, and its topics; each is one tap to remove. */
export function filterScreen(target: Target): Message {
  const { locale, subscriber } = target;
  const { follow, rubrics } = subscriber.settings;
  const said = [
    ...whatHolds(target, []),
    '',
    locale.html(
      follow.length > 0 ? 'card-filter' : rubrics.length > 0 ? 'card-filter-more' : 'card-filter-none',
    ),
  ];
  return line(said.join('\n'), [...topicRows(target), target.besides('topics'), backRow(target, 'comes')]);
}

/** Rubrics that are posted, among those that the newsroom uses (`known`). */
export function rubricScreen(target: Target, known: readonly string[]): Message {
  const { locale, subscriber } = target;
  const { follow, followMode } = subscriber.settings;
  const rows = rubricRows(target, known);
  const ask = follow.length > 0 && followMode === 'only' ? 'card-rubrics-besides' : 'card-rubrics';
  return line(locale.html(rows.length > 0 ? ask : 'card-rubrics-none'), [...rows, backRow(target, 'comes')]);
}

export function signatureScreen(card: LiveCard): Message {
  const { locale, place } = card;
  const { signature } = place.settings;
  const now = signature
    ? locale.html('card-signature-now', {
        line: [signature.text, signature.link].filter(Boolean).join(' · '),
      })
    : locale.html('card-signature-none');
  return line([locale.html('card-signature'), now, locale.html('card-type-signature')].join('\n\n'), [
    ...(signature ? [[act(card, locale.text('button-filter-clear'), 'd')]] : []),
    [act(card, locale.text('button-back'), 'g:looks')],
  ]);
}

export const unbindScreen = (card: Card): Message =>
  line(card.locale.html('card-unbind-ask'), [
    [act(card, card.locale.text('button-unbind-sure'), 'x')],
    toCard(card),
  ]);

/** Asks for a value to be typed. */
export const typeScreen = (card: Card, what: CardWords): Message =>
  line(card.locale.html(`card-type-${what}`), [toCard(card)]);

/** To pin, the bot needs a right that it asks for only now. */
export const pinScreen = (card: Card): Message =>
  line(card.locale.html(`card-pin-${placeKind(card.permission.chat)}`), [
    [act(card, card.locale.text('field-pin'), 's:pin:on')],
    toCard(card),
  ]);
