/** A channel or group as it is when somebody has just made it. */
import type { Rights, SharedChat } from './chat.ts';
import type { WireUser } from './wire.ts';
import type { World } from './world.ts';

const OPEN_PERMISSIONS: Rights = {
  can_send_messages: true,
  can_send_photos: true,
  can_send_other_messages: true,
  can_add_web_page_previews: true,
  can_invite_users: true,
};

export interface NewChat {
  readonly kind: SharedChat['kind'];
  readonly id: number;
  readonly title: string;
  readonly username?: string | undefined;
  readonly forum?: boolean;
  readonly owner: Pick<WireUser, 'id'>;
}

/** Makes a chat with its owner; bots are not in it yet. */
export function createChat(world: World, { kind, id, title, username, forum, owner }: NewChat): SharedChat {
  const chat: SharedChat = {
    kind,
    wire: {
      id,
      title,
      ...(username !== undefined && { username }),
      type: kind,
      ...(forum && { is_forum: true as const }),
    },
    messages: new Map(),
    pinned: [],
    isAsked: false,
    members: new Map([[owner.id, { status: 'creator', rights: {} }]]),
    topics: new Map(),
    // The message that tells of the creation is number 1.
    lastMessageId: 1,
    migratedTo: undefined,
    linked: undefined,
    deleted: false,
    permissions: OPEN_PERMISSIONS,
    slowMode: 0,
    wroteAt: new Map(),
  };
  world.chats.set(id, chat);
  return chat;
}
