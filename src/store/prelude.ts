/** The prelude of every script: sizes, editions, names of keys and the end of a log, as `keys.ts` has them. */
import { EDITIONS } from '../news/edition.ts';
import { RECORD_BLOCK, RECORD_BYTES, SHARED_NAMES, SLOT_BLOCK } from './keys.ts';

const quoted = (text: string): string => `'${text}'`;

const names = Object.entries(SHARED_NAMES).map(([name, pattern]) => `${name} = ${quoted(pattern)}`);

/**
 * Lua for scripts: the sizes and `EDITIONS`; `keyOf(name, ...)`, a key of the bot whose key is `KEYS[1]`;
 * `recordOf(slot)`, a chat's sealed record or false, and `putRecord(slot, record)`, which stores it or, with '', removes
 * it and answers whether there was one; `idOf(name, slot)`, the string and the offset of its message id;
 * `forgetShown(slot, at)`, which takes the arguments from `at` on, puts others in the place of the hidden message ids and
 * answers those that stood there; `inQueue(cursor, slot)`, the score of a chat in `waiting`; `nextSeq(log)`; `append(log,
 * at)`, which appends an entry and takes the arguments from `at` on: its number, how many entries the log keeps, names and
 * values of its fields. It answers the number; where that was given already, the next one that was not, less than 0, and
 * appends nothing then.
 */
export const PRELUDE = `
local SLOT_BLOCK, RECORD_BLOCK, RECORD_BYTES = ${SLOT_BLOCK}, ${RECORD_BLOCK}, ${RECORD_BYTES}
local NOBODY, ELSEWHERE = string.rep('\\0', RECORD_BYTES), string.rep('\\255', RECORD_BYTES)
local EDITIONS = { ${EDITIONS.map(quoted).join(', ')} }
local NAMES = { ${names.join(', ')} }
local prefix = string.match(KEYS[1], '^.-}:')
local function keyOf(name, ...) return prefix .. string.format(NAMES[name], ...) end
local function placeOf(slot)
  return keyOf('chat', math.floor(slot / RECORD_BLOCK)), (slot % RECORD_BLOCK) * RECORD_BYTES
end
local function recordOf(slot)
  local block, at = placeOf(slot)
  local place = redis.call('GETRANGE', block, at, at + RECORD_BYTES - 1)
  if place == '' or place == NOBODY then return false end
  if place == ELSEWHERE then return redis.call('GET', keyOf('large', slot)) end
  return place
end
local function putRecord(slot, record)
  local block, at = placeOf(slot)
  if redis.call('EXISTS', block) == 0 then
    if record == '' then return false end
    redis.call('SETRANGE', block, RECORD_BLOCK * RECORD_BYTES - 1, '\\0')
  end
  local before = redis.call('GETRANGE', block, at, at + RECORD_BYTES - 1)
  local place = record == '' and NOBODY or #record == RECORD_BYTES and record or ELSEWHERE
  if place == ELSEWHERE then
    redis.call('SET', keyOf('large', slot), record)
  elseif before == ELSEWHERE then
    redis.call('DEL', keyOf('large', slot))
  end
  if place ~= before then redis.call('SETRANGE', block, at, place) end
  return before ~= NOBODY
end
local function idOf(name, slot)
  return keyOf('shown', name, math.floor(slot / SLOT_BLOCK)), (slot % SLOT_BLOCK) * 4
end
local function forgetShown(slot, at)
  local count, hidden = tonumber(ARGV[at]), {}
  for i = 1, count do
    local name = ARGV[at + i]
    redis.call('HDEL', keyOf('posted', name), slot)
    local shown, offset = idOf(name, slot)
    hidden[i] = redis.call('GETRANGE', shown, offset, offset + 3)
    if hidden[i] ~= '' then
      redis.call('SETRANGE', shown, offset, struct.pack('>I4', tonumber(ARGV[at + count + i])))
    end
  end
  for i = at + 2 * count + 1, #ARGV do redis.call('ZREM', keyOf('erase'), ARGV[i]) end
  return hidden
end
local function inQueue(cursor, slot) return string.format('%.17g', math.floor(cursor) + slot / 2 ^ 32) end
local function nextSeq(log)
  local info = redis.call('EXISTS', log) == 1 and redis.call('XINFO', 'STREAM', log) or {}
  local last = '0-0'
  for i = 1, #info, 2 do if info[i] == 'last-generated-id' then last = info[i + 1] end end
  return tonumber(string.match(last, '^%d+')) + 1
end
local function append(log, at)
  local seq, first = tonumber(ARGV[at]), nextSeq(log)
  if seq < first then return -first end
  redis.call('XADD', log, 'MAXLEN', '~', ARGV[at + 1], string.format('%.0f-0', seq), unpack(ARGV, at + 2))
  return seq
end
-- The script itself:
`;
