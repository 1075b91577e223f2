/** Channels, groups and supergroups as a test or the page holds them: what can be done there by whom. */
import type { Rights, SharedChat } from './chat.ts';
import type { Person } from './people.ts';
import type { MessageHistory, MessageView } from './view.ts';

/** Rights by name, or the names of those that are granted. */
export type RightsGiven = Rights | readonly string[];

/** The actor of an event: anybody with an id. */
export type By = Pick<Person, 'id' | 'user'>;

export interface ChatClient {
  readonly id: number;
  readonly kind: SharedChat['kind'];
  readonly title: string;
  readonly owner: By;
  /** Adds the bot: with rights as an administrator, in a group without any as a plain member. */
  addBot(rights: RightsGiven | undefined, by?: By, options?: { bot?: string }): void;
  setBotRights(rights: RightsGiven, by?: By, options?: { bot?: string }): void;
  /** Names of the rights that the first bot was given. */
  botRights(): readonly string[];
  /** Makes the bot a plain member of a group with only these permissions. */
  restrictBot(permissions: RightsGiven, by?: By, options?: { bot?: string }): void;
  /** Removes the bot; `left` where it is only let go and not banned. */
  removeBot(by?: By, options?: { bot?: string; left?: boolean }): void;
  /** A post of an editor in a channel. Returns its id. Throws where the editor has no right to post. */
  post(by: By, text: string, options?: { replyTo?: number; signed?: boolean }): number;
  /** A message of a member in a group. Returns its id. */
  say(by: By, text: string, options?: { thread?: number; anonymous?: boolean; replyTo?: number }): number;
  /** An editor or author changes a message. */
  edit(by: By, messageId: number, text: string): void;
  /** Somebody deletes a message; bots are not told. */
  delete(messageId: number): void;
  pin(by: By, messageId: number): void;
  join(person: By): void;
  leave(person: By): void;
  promote(person: By, rights: RightsGiven): void;
  demote(person: By): void;
  /** Permissions of plain members, by name (`can_send_messages`, …). */
  setPermissions(permissions: RightsGiven): void;
  /** Plain members, bots too, write once in so many seconds; 0: as often as they like. */
  setSlowMode(seconds: number): void;
  /** Returns the id of the topic. */
  createTopic(name: string, by?: By): number;
  closeTopic(id: number, by?: By): void;
  reopenTopic(id: number, by?: By): void;
  /** Takes the topic and its messages away. */
  deleteTopic(id: number): void;
  /** Makes a supergroup the discussion group of this channel. */
  link(group: ChatClient): void;
  /** Turns a basic group into a supergroup and returns that. */
  migrate(): ChatClient;
  rename(title: string, by?: By): void;
  /** The owner deletes the chat. */
  destroy(): void;
  messages(): MessageView[];
  history(): MessageHistory[];
  members(): readonly number[];
}
