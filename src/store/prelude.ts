/** The prelude of every script: sizes, editions, names of keys and the end of a log, as `keys.ts` has them. */
import { EDITIONS } from '../news/edition.ts';
import { RECORD_BLOCK, SHARED_NAMES, SLOT_BLOCK } from './keys.ts';

const quoted = (text: string): string => `'${text}'`;

const names = Object.entries(SHARED_NAMES).map(([name, pattern]) => `${name} = ${quoted(pattern)}`);

/**
 * Lua for scripts: the sizes and `EDITIONS`; `keyOf(name, ...)`, a key of the bot whose key is `KEYS[1]`; `recordOf(slot)`, the hash and
 * the field of a chat's record; `idOf(name, slot)`, the string and the offset of its message id; `nextSeq(log)`.
 */
export const PRELUDE = `
local SLOT_BLOCK, RECORD_BLOCK = ${SLOT_BLOCK}, ${RECORD_BLOCK}
local EDITIONS = { ${EDITIONS.map(quoted).join(', ')} }
local NAMES = { ${names.join(', ')} }
local prefix = string.match(KEYS[1], '^.-}:')
local function keyOf(name, ...) return prefix .. string.format(NAMES[name], ...) end
local function recordOf(slot)
  return keyOf('chat', math.floor(slot / RECORD_BLOCK)), slot % RECORD_BLOCK
end
local function idOf(name, slot)
  return keyOf('sent', name, math.floor(slot / SLOT_BLOCK)), (slot % SLOT_BLOCK) * 4
end
local function nextSeq(log)
  local info = redis.call('EXISTS', log) == 1 and redis.call('XINFO', 'STREAM', log) or {}
  local last = '0-0'
  for i = 1, #info, 2 do if info[i] == 'last-generated-id' then last = info[i + 1] end end
  return tonumber(string.match(last, '^%d+')) + 1
end
-- The script itself:
`;
