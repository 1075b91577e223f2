/** Methods about the bot itself: its commands, its texts, its menu button, the rights that it asks for. */
import { reachChat } from './access.ts';
import { readResult } from './answer.ts';
import { flagOf, integerOf, isObject, jsonOf, textOf, type Params } from './params.ts';
import { codePoints } from './text.ts';
import type { Bot, World } from './world.ts';
import type { Rights } from './chat.ts';
import { seconds } from './world.ts';
import { badRequest } from './wire.ts';

const COMMAND_LIMIT = 100;
const SCOPES = new Set(['default', 'all_private_chats', 'all_group_chats', 'all_chat_administrators']);
const CHAT_SCOPES = new Set(['chat', 'chat_administrators', 'chat_member']);

/** `scope:language`, by which a list of commands is kept. */
function commandKey(world: World, bot: Bot, params: Params): string {
  const scope = jsonOf(params, 'scope', "can't parse BotCommandScope JSON object");
  const language = languageOf(params);
  if (scope === undefined) return `default:${language}`;
  if (!isObject(scope)) throw badRequest("can't parse BotCommandScope: BotCommandScope must be an Object");
  const type = textOf(scope, 'type');
  if (SCOPES.has(type)) return `${type}:${language}`;
  if (!CHAT_SCOPES.has(type)) throw badRequest("can't parse BotCommandScope: Unsupported type specified");
  if (textOf(scope, 'chat_id') === '')
    throw badRequest("can't parse BotCommandScope: Empty chat_id specified");
  const chat = reachChat(world, bot, scope, 'members');
  const member =
    type === 'chat_member' ? `/${integerOf(scope, 'user_id', 0, 0, Number.MAX_SAFE_INTEGER)}` : '';
  return `${type}/${chat.wire.id}${member}:${language}`;
}

function languageOf(params: Params): string {
  const language = textOf(params, 'language_code');
  if (language !== '' && !/^[a-z]{2}$/.test(language)) throw badRequest('invalid language code specified');
  return language;
}

export function setMyCommands(world: World, bot: Bot, params: Params): true {
  const given = jsonOf(params, 'commands', "can't parse commands JSON object");
  if (!Array.isArray(given)) throw badRequest('expected an Array of BotCommand');
  const commands = given.map(readCommand);
  if (commands.length > COMMAND_LIMIT) throw badRequest('too many commands specified');
  bot.commands.set(commandKey(world, bot, params), commands);
  return true;
}

function readCommand(item: unknown): { command: string; description: string } {
  if (!isObject(item)) throw badRequest("can't parse BotCommand: expected an Object");
  const command = textOf(item, 'command').replace(/^\//, '').toLowerCase();
  const description = textOf(item, 'description').trim();
  if (command === '' || description === '')
    throw badRequest(`command ${command === '' ? 'name' : 'description'} must be non-empty`);
  if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
  if (codePoints(description) > 256) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
  return { command, description };
}

export const getMyCommands = (world: World, bot: Bot, params: Params): unknown =>
  bot.commands.get(commandKey(world, bot, params)) ?? [];

export function deleteMyCommands(world: World, bot: Bot, params: Params): true {
  bot.commands.delete(commandKey(world, bot, params));
  return true;
}

/** Sets one text of the bot in a language; `limit` in code points. */
const setText =
  (field: string, limit: number) =>
  (_world: World, bot: Bot, params: Params): true => {
    const text = textOf(params, field);
    if (codePoints(text) > limit) throw badRequest(`bot ${field.replace('_', ' ')} is too long`);
    const key = `${field}:${languageOf(params)}`;
    if (text === '') bot.texts.delete(key);
    else bot.texts.set(key, text);
    return true;
  };

/** Reads one text of the bot: in the language, else the general one. */
const getText =
  (field: string) =>
  (_world: World, bot: Bot, params: Params): unknown => {
    const fallback = field === 'name' ? bot.user.first_name : '';
    const text = bot.texts.get(`${field}:${languageOf(params)}`) ?? bot.texts.get(`${field}:`) ?? fallback;
    return { [field]: text };
  };

export const setMyName = setText('name', 64);
export const getMyName = getText('name');
export const setMyDescription = setText('description', 512);
export const getMyDescription = getText('description');
export const setMyShortDescription = setText('short_description', 120);
export const getMyShortDescription = getText('short_description');

export function setMyDefaultAdministratorRights(_world: World, bot: Bot, params: Params): true {
  const rights = jsonOf(params, 'rights', "can't parse rights JSON object");
  bot.defaultRights[flagOf(params, 'for_channels') ? 'channels' : 'groups'] = isObject(rights)
    ? (rights as Rights)
    : {};
  return true;
}

export const getMyDefaultAdministratorRights = (_world: World, bot: Bot, params: Params): Rights =>
  bot.defaultRights[flagOf(params, 'for_channels') ? 'channels' : 'groups'];

export function setChatMenuButton(world: World, bot: Bot, params: Params): true {
  const button = jsonOf(params, 'menu_button', "can't parse menu button JSON object") ?? { type: 'default' };
  if (!isObject(button)) throw badRequest("can't parse MenuButton: MenuButton must be an Object");
  if (!['default', 'commands', 'web_app'].includes(textOf(button, 'type')))
    throw badRequest("can't parse MenuButton: Unsupported type specified");
  bot.menuButtons.set(menuChat(world, bot, params), button);
  return true;
}

export const getChatMenuButton = (world: World, bot: Bot, params: Params): unknown =>
  bot.menuButtons.get(menuChat(world, bot, params)) ?? bot.menuButtons.get(0) ?? { type: 'default' };

const menuChat = (world: World, bot: Bot, params: Params): number =>
  textOf(params, 'chat_id') === '' ? 0 : reachChat(world, bot, params, 'read').wire.id;

export function savePreparedInlineMessage(world: World, _bot: Bot, params: Params): unknown {
  const user = integerOf(params, 'user_id', 0, 0, Number.MAX_SAFE_INTEGER);
  if (!world.people.has(user)) throw badRequest('USER_ID_INVALID');
  readResult(world, jsonOf(params, 'result', "can't parse inline query result JSON object"));
  return { id: `prepared-${++world.lastQueryId}`, expiration_date: seconds(world.clock.now()) + 300 };
}

export function logOut(_world: World, bot: Bot): true {
  bot.loggedOut = true;
  return true;
}
