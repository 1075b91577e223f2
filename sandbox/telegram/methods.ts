/** Every method of the Bot API that the local Telegram knows, by its name in lower case. */
import * as answer from './answer.ts';
import { deleteEphemeralMessage } from './ephemeral.ts';
import * as edit from './edit.ts';
import * as info from './info.ts';
import * as profile from './profile.ts';
import * as send from './send.ts';
import { createForumTopic, deleteForumTopic } from './topics.ts';
import type { Params } from './params.ts';
import type { Bot, World } from './world.ts';

/** Returns the `result`, or throws a `RefusedCall`. */
export type Method = (world: World, bot: Bot, params: Params) => unknown;

export const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>(
  Object.entries({
    sendMessage: send.sendMessage,
    sendRichMessage: send.sendRichMessage,
    sendPhoto: send.sendPhoto,
    copyMessage: send.copyMessage,
    forwardMessage: send.forwardMessage,
    editMessageText: edit.editMessageText,
    editMessageCaption: edit.editMessageCaption,
    editMessageReplyMarkup: edit.editMessageReplyMarkup,
    createForumTopic,
    deleteForumTopic,
    deleteEphemeralMessage,
    deleteMessage: edit.deleteMessage,
    deleteMessages: edit.deleteMessages,
    answerCallbackQuery: answer.answerCallbackQuery,
    answerInlineQuery: answer.answerInlineQuery,
    getMe: info.getMe,
    getChat: info.getChat,
    getChatMember: info.getChatMember,
    getChatAdministrators: info.getChatAdministrators,
    getChatMemberCount: info.getChatMemberCount,
    getChatMembersCount: info.getChatMemberCount,
    getMyStarBalance: info.getMyStarBalance,
    leaveChat: info.leaveChat,
    pinChatMessage: info.pinChatMessage,
    unpinChatMessage: info.unpinChatMessage,
    unpinAllChatMessages: info.unpinAllChatMessages,
    sendChatAction: info.sendChatAction,
    setMyCommands: profile.setMyCommands,
    getMyCommands: profile.getMyCommands,
    deleteMyCommands: profile.deleteMyCommands,
    setMyName: profile.setMyName,
    getMyName: profile.getMyName,
    setMyDescription: profile.setMyDescription,
    getMyDescription: profile.getMyDescription,
    setMyShortDescription: profile.setMyShortDescription,
    getMyShortDescription: profile.getMyShortDescription,
    setMyDefaultAdministratorRights: profile.setMyDefaultAdministratorRights,
    getMyDefaultAdministratorRights: profile.getMyDefaultAdministratorRights,
    setChatMenuButton: profile.setChatMenuButton,
    getChatMenuButton: profile.getChatMenuButton,
    savePreparedInlineMessage: profile.savePreparedInlineMessage,
    logOut: profile.logOut,
    close: () => true,
  } satisfies Record<string, Method>).map(([name, method]) => [name.toLowerCase(), method]),
);
