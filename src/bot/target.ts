/** Whom a menu sets up: a person in their own chat, or a place from its card in the chat of who may. */
import type { Change, ChoiceName, Door } from '../news/settings.ts';
import type { Subscriber } from '../news/subscriber.ts';
import type { Locale } from '../render/locale.ts';
import type { Press } from './buttons.ts';
import type { ButtonRow, PressButton } from './rows.ts';

/** Presses that both kinds of menus have. */
export type MenuPress = Extract<Press, { on: 'set' | 'go' | 'unfollow' | 'rubric' | 'articles' }>;

/** Menus of values, the topics, and the sentence that articles cannot be hidden. */
export type Menu = Door | ChoiceName | 'topics' | 'articles';

export interface Target {
  /** The chat with the settings that are in force, were they its own or the operator's. */
  readonly subscriber: Subscriber;
  /** The language of who sets it up. */
  readonly locale: Locale;
  /** A place, by its card. */
  readonly byCard: boolean;
  readonly button: (text: string, press: MenuPress) => PressButton;
  /** Buttons of a menu besides those of the values. */
  readonly besides: (menu: Menu) => ButtonRow;
  /** Stores a change; the target with it. */
  readonly change: (patch: Change) => Promise<Target>;
}
