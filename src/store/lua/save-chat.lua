-- Stores a chat's record and moves the chat within the queues, in one step.
-- KEYS[1] hash of records   ARGV[1] prefix, ARGV[2] slot, ARGV[3] field in the block, ARGV[4] sealed record or ''
-- ARGV[5] edition, ARGV[6] move, ARGV[7] its value, ARGV[8] lowest cursor with which a chat resumes
-- Moves: stay · start <cursor>: waits for what comes after that entry, unless it stands in this edition's queue already
--        stop: leaves every queue · park: keeps its cursor, is not visited · resume <cursor>: waits again from its cursor, or from <cursor> where it has none
--        wake: may be visited now · hold <ms>: not before that moment
-- A chat that is being visited is marked by resume, wake and hold: the visit began before the change.
-- Returns 1, or 0 where the chat has been forgotten meanwhile.
local prefix, slot, edition, move, value = ARGV[1], ARGV[2], ARGV[5], ARGV[6], ARGV[7]
if redis.call('HEXISTS', KEYS[1], ARGV[3]) == 0 then return 0 end
if ARGV[4] ~= '' then redis.call('HSET', KEYS[1], ARGV[3], ARGV[4]) end

local function leave(ed)
  local cursor = redis.call('ZSCORE', prefix .. 'waiting:' .. ed, slot) or redis.call('HGET', prefix .. 'cursor:' .. ed, slot)
  redis.call('ZREM', prefix .. 'waiting:' .. ed, slot)
  redis.call('ZREM', prefix .. 'held:' .. ed .. ':0', slot)
  redis.call('ZREM', prefix .. 'held:' .. ed .. ':1', slot)
  redis.call('HDEL', prefix .. 'cursor:' .. ed, slot)
  return cursor
end

local flight = redis.call('HGET', prefix .. 'flight', slot)
local flying = flight and string.match(flight, '^(%a+):') == edition

if move == 'start' then
  for _, ed in ipairs({ 'be', 'ru', 'en' }) do
    if ed ~= edition then leave(ed) end
  end
  if flight and not flying then redis.call('HDEL', prefix .. 'flight', slot) end
  local here = flying
  for _, queue in ipairs({ 'waiting:' .. edition, 'held:' .. edition .. ':0', 'held:' .. edition .. ':1' }) do
    here = here or redis.call('ZSCORE', prefix .. queue, slot)
  end
  if not here then
    leave(edition)
    redis.call('ZADD', prefix .. 'waiting:' .. edition, value, slot)
  end
elseif move == 'stop' then
  for _, ed in ipairs({ 'be', 'ru', 'en' }) do leave(ed) end
  redis.call('HDEL', prefix .. 'flight', slot)
  redis.call('SREM', prefix .. 'ahead', slot)
elseif move == 'park' then
  local cursor = leave(edition)
  if cursor then redis.call('HSET', prefix .. 'cursor:' .. edition, slot, cursor) end
elseif flying and move ~= 'stay' then
  if string.sub(flight, -1) ~= '!' then redis.call('HSET', prefix .. 'flight', slot, flight .. '!') end
elseif move == 'resume' then
  local cursor = math.max(tonumber(leave(edition) or value), tonumber(ARGV[8]) or 0)
  redis.call('ZADD', prefix .. 'waiting:' .. edition, cursor, slot)
elseif move == 'wake' then
  local cursor = leave(edition)
  if cursor then redis.call('ZADD', prefix .. 'waiting:' .. edition, cursor, slot) end
elseif move == 'hold' then
  local cursor = leave(edition)
  if cursor then
    local side = redis.call('HGET', prefix .. 'sweep:' .. edition, 'side') or '0'
    redis.call('HSET', prefix .. 'cursor:' .. edition, slot, cursor)
    redis.call('ZADD', prefix .. 'held:' .. edition .. ':' .. side, value, slot)
  end
end
return 1
