/** The card of a place: what is set there and every button that changes it. One message in private that edits itself. */
import type { Permission } from '../../desk/chats/permission.ts';
import { EDITION_NAMES, EDITIONS } from '../../news/edition.ts';
import { type Button, inRows, type Message } from '../../news/message.ts';
import { type ChoiceName, type FieldName, type FlagName, offeredFor, valueOf } from '../../news/settings.ts';
import type { Subscriber } from '../../news/subscriber.ts';
import { escapeHtml } from '../../render/html.ts';
import type { Locale } from '../../render/locale.ts';
import { line } from '../answer.ts';
import { encode, wordsHash } from '../buttons.ts';
import { nameOf, titleOf } from '../choices.ts';
import { CARD_WORDS, type CardWords } from '../expected.ts';
import { button, type ButtonRow } from '../rows.ts';
import { offeredRubrics } from '../rubrics.ts';

/** What a card shows, to whom. */
export interface Card {
  /** The language of the person, not of the place. */
  readonly locale: Locale;
  readonly permission: Extract<Permission, { may: true }>;
  /** What is stored about the place; undefined: nothing yet. */
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

export function titleIn(locale: Locale, { chat, title }: Card['permission']): string {
  return chat.thread === undefined
    ? title
    : locale.text('channels-topic', { title, number: String(chat.thread) });
}

const act = (card: Card, text: string, name: string): Button => ({
  text,
  press: encode({ on: 'place', handle: card.handle, act: name }),
});

/** The whole card; `notice`: what has just been done. */
export function cardScreen(card: Card, notice?: string): Message {
  const { locale, permission } = card;
  const head = [`<b>${escapeHtml(titleIn(locale, permission))}</b>`, ...(notice ? [escapeHtml(notice)] : [])];
  if (!permission.bot.post) head.push(locale.html(`obstacle-mute-${kindOf(card)}`));
  if (card.doubled) head.push(locale.html('card-linked'));
  if (!isLive(card)) {
    const forum = permission.forum && permission.chat.thread === undefined ? [locale.html('card-forum')] : [];
    const choose = permission.bot.post ? [locale.html('card-choose'), ...forum] : [];
    return line(
      [...head, ...choose].join('\n\n'),
      permission.bot.post
        ? [editionRow(card), [listButton(card)]]
        : [[act(card, locale.text('button-check'), 'c')], [listButton(card)]],
    );
  }
  return line([head.join('\n\n'), '', ...describePlace(card)].join('\n'), menuRows(card));
}

export const kindOf = ({ permission }: Card): 'channel' | 'group' =>
  permission.chat.kind === 'channel' ? 'channel' : 'group';

const listButton = ({ locale }: Card): Button =>
  button(locale.text('button-channels-list'), { on: 'places' });

const editionRow = (card: Card): ButtonRow =>
  EDITIONS.map((edition) => {
    const chosen = isLive(card) && card.place.settings.edition === edition;
    return act(card, `${chosen ? '✓ ' : ''}${EDITION_NAMES[edition]}`, `e:${edition}`);
  });

function describePlace({ locale, place }: LiveCard): string[] {
  const { settings } = place;
  const named = (name: string, value: string) => `${name}: <b>${escapeHtml(value)}</b>`;
  const choice = (field: FieldName) =>
    named(titleOf(field, locale), nameOf(field, valueOf(field, settings), locale));
  const list = (items: readonly string[]) => items.join(', ') || locale.text('value-nothing');
  return [
    locale.html(stateKey(place)),
    named(locale.html('field-language'), EDITION_NAMES[settings.edition]),
    ...(settings.edition === 'be' ? [choice('script')] : []),
    choice('style'),
    choice('pictures'),
    choice('sound'),
    choice('digest'),
    choice('quiet'),
    ...(settings.quiet ? [choice('urgent')] : []),
    choice('timezone'),
    named(locale.html('field-filter'), list(settings.follow)),
    named(locale.html('field-rubrics'), settings.rubrics.join(', ') || locale.text('value-none')),
    choice('keep'),
    choice('buttons'),
    choice('hashtags'),
    named(locale.html('field-signature'), settings.signature?.text ?? locale.text('value-none')),
    choice('pin'),
    choice('protect'),
    choice('neutral'),
  ];
}

function stateKey({ state, note }: Subscriber) {
  if (state === 'active') return 'card-state-active' as const;
  if (state !== 'paused') return 'card-state-idle' as const;
  return note === 'rights' || note === 'topic'
    ? (`card-state-${note}` as const)
    : ('card-state-paused' as const);
}

function menuRows(card: LiveCard): ButtonRow[] {
  const { locale, place } = card;
  const { settings } = place;
  const go = (field: ChoiceName) => act(card, titleOf(field, locale), `g:${field}`);
  const flip = (field: FlagName) => {
    const on = settings[field];
    return act(card, `${on ? '✓ ' : ''}${titleOf(field, locale)}`, `s:${field}:${on ? 'off' : 'on'}`);
  };
  const paused = place.state === 'paused';
  return [
    editionRow(card),
    [...(settings.edition === 'be' ? [go('script')] : []), go('style'), go('sound')],
    [go('digest'), go('quiet'), ...(settings.quiet ? [go('urgent')] : [])],
    [
      go('timezone'),
      act(card, locale.text('button-filter'), 'g:filter'),
      act(card, locale.text('button-rubrics'), 'g:rubrics'),
    ],
    [flip('pictures'), flip('buttons')],
    [flip('hashtags'), act(card, locale.text('button-signature'), 'g:signature')],
    [flip('pin'), flip('protect')],
    [go('keep')],
    [flip('articles'), flip('neutral')],
    [
      act(card, locale.text('button-preview'), 'v'),
      act(card, locale.text(paused ? 'button-go-on' : 'button-pause'), paused ? 'on' : 'off'),
    ],
    [act(card, locale.text('button-unbind'), 'g:unbind'), listButton(card)],
  ];
}

const toCard = (card: Card): ButtonRow => [act(card, card.locale.text('button-to-card'), 'c')];

/** One setting's question with its values; the chosen one carries a mark. */
export function cardChoice(card: LiveCard, field: ChoiceName): Message {
  const { locale, place } = card;
  const now = valueOf(field, place.settings);
  const values = offeredFor(field, place.settings).map((value) =>
    value === now
      ? // The chosen value may be too long for a button, and it changes nothing.
        act(card, `✓ ${nameOf(field, value, locale)}`, `g:${field}`)
      : act(card, nameOf(field, value, locale), `s:${field}:${value}`),
  );
  const typed = isTyped(field) ? [[act(card, locale.text('button-other'), `t:${field}`)]] : [];
  const rows = isTyped(field) || field === 'keep' ? inRows(values, 2) : values.map((value) => [value]);
  return line(locale.html(askKey(field)), [...rows, ...typed, toCard(card)]);
}

export const isTyped = (what: string): what is CardWords => CARD_WORDS.some((name) => name === what);

const askKey = (field: ChoiceName) =>
  field === 'digest' || field === 'quiet' || field === 'timezone' || field === 'urgent' || field === 'keep'
    ? (`card-ask-${field}` as const)
    : (`ask-${field}` as const);

/** Topics that are posted; each is one tap to remove. */
export function filterScreen(card: LiveCard): Message {
  const { locale, place } = card;
  const { follow } = place.settings;
  return line(locale.html(follow.length > 0 ? 'card-filter' : 'card-filter-none'), [
    ...follow.map((topic) => [act(card, `✕ ${topic}`, `u:${wordsHash(topic)}`)]),
    [act(card, locale.text('button-filter-add'), 't:filter')],
    toCard(card),
  ]);
}

/** Rubrics that are posted, among those that the newsroom uses (`known`). */
export function rubricScreen(card: LiveCard, known: readonly string[]): Message {
  const { locale, place } = card;
  const keys = offeredRubrics(place.settings.rubrics, known).map(({ name, chosen, hash }) =>
    act(card, `${chosen ? '✓ ' : ''}${locale.written(name)}`, `r:${hash}`),
  );
  return line(locale.html(keys.length > 0 ? 'card-rubrics' : 'card-rubrics-none'), [
    ...inRows(keys, 2),
    toCard(card),
  ]);
}

export function signatureScreen(card: LiveCard): Message {
  const { locale, place } = card;
  const { signature } = place.settings;
  const now = signature
    ? locale.html('card-signature-now', {
        line: [signature.text, signature.link].filter(Boolean).join(' · '),
      })
    : locale.html('card-signature-none');
  return line(`${locale.html('card-signature')}\n\n${now}`, [
    [
      act(card, locale.text('button-other'), 't:signature'),
      ...(signature ? [act(card, locale.text('button-filter-clear'), 'd')] : []),
    ],
    toCard(card),
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
  line(card.locale.html(`card-pin-${kindOf(card)}`), [
    [act(card, card.locale.text('field-pin'), 's:pin:on')],
    toCard(card),
  ]);
