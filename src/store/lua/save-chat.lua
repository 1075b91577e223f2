--[[
Stores a chat's record and moves the chat within the queues, in one step.

KEYS  1 records
ARGV  1 slot  2 sealed record or '' to leave it  3 edition  4 move  5 its value  6 lowest cursor with which a chat resumes
      7 day from which the days of an ending chat count, 'stays' where it does not end, nothing to leave that as it is
      8 '1' for a place  9 sealed record as it was read, from which this follows; '' or absent: whatever is there
Answers 1; 0 where the chat has been forgotten meanwhile; -1 where its record is another by now: then nothing changes.

Moves: stay · start <cursor>: waits for what comes after that entry, unless it stands in this edition's queue already
       stop: leaves every queue
       park: keeps its cursor, or has <cursor> where it has none; is not visited, in no edition
       resume <cursor>: waits again from its cursor, or from <cursor> where it has none
       wake: may be visited now · hold <ms>: not before that moment
A chat that changes its edition keeps the cursor that it had in the other one, also where it is visited there: should it come
back, it is not put before that, and what it was shown beyond is looked up.
A chat that is being visited is marked by a new record, resume, wake and hold: the visit began before the change.
]]
local slot, edition, move, value = ARGV[1], ARGV[3], ARGV[4], ARGV[5]
local before = recordOf(slot)
if not before then return 0 end
if (ARGV[9] or '') ~= '' and ARGV[9] ~= before then return -1 end
if ARGV[2] ~= '' then putRecord(slot, ARGV[2]) end
if ARGV[7] == 'stays' then
  redis.call('ZREM', keyOf('leaving'), slot)
elseif ARGV[7] then
  redis.call('ZADD', keyOf('leaving'), ARGV[7], slot)
end
if ARGV[8] == '1' then
  for _, each in ipairs(EDITIONS) do redis.call(each == edition and 'SADD' or 'SREM', keyOf('places', each), slot) end
end

local function leave(each)
  local cursor = redis.call('ZSCORE', keyOf('waiting', each), slot) or redis.call('ZSCORE', keyOf('cursor', each), slot)
  redis.call('ZREM', keyOf('waiting', each), slot)
  for side = 0, 1 do redis.call('ZREM', keyOf('held', each, side), slot) end
  redis.call('ZREM', keyOf('cursor', each), slot)
  return cursor and string.format('%.0f', math.floor(cursor))
end

local flight = redis.call('HGET', keyOf('flight'), slot)
local flying = flight and string.match(flight, '^(%a+):') == edition

-- The later of the cursor that the chat has here and `given`.
local function cursorHere(given)
  local own = leave(edition)
  if own and given ~= '' then return string.format('%.0f', math.max(own, given)) end
  return own or given
end

if move == 'start' or move == 'resume' or move == 'park' then
  for _, each in ipairs(EDITIONS) do
    local cursor = each ~= edition and leave(each)
    if cursor then redis.call('ZADD', keyOf('cursor', each), cursor, slot) end
  end
end
if flight and not flying and value ~= '' then
  local other, cursor = string.match(flight, '^(%a+):(%d+)')
  redis.call('ZADD', keyOf('cursor', other), cursor, slot)
  redis.call('HDEL', keyOf('flight'), slot)
end

if move == 'start' then
  local here = flying or redis.call('ZSCORE', keyOf('waiting', edition), slot)
  for side = 0, 1 do here = here or redis.call('ZSCORE', keyOf('held', edition, side), slot) end
  if not here then
    local known = redis.call('ZSCORE', keyOf('cursor', edition), slot)
    redis.call('ZADD', keyOf('waiting', edition), inQueue(cursorHere(value), slot), slot)
    if known then redis.call('SADD', keyOf('ahead'), slot) end
  end
elseif move == 'stop' then
  for _, each in ipairs(EDITIONS) do leave(each) end
  redis.call('HDEL', keyOf('flight'), slot)
  redis.call('SREM', keyOf('ahead'), slot)
elseif move == 'park' then
  local cursor = cursorHere(value)
  if cursor ~= '' then redis.call('ZADD', keyOf('cursor', edition), cursor, slot) end
elseif flying and (move ~= 'stay' or ARGV[2] ~= '') then
  if string.sub(flight, -1) ~= '!' then redis.call('HSET', keyOf('flight'), slot, flight .. '!') end
elseif move == 'resume' then
  local cursor = math.max(tonumber(leave(edition) or value), tonumber(ARGV[6]) or 0)
  redis.call('ZADD', keyOf('waiting', edition), inQueue(cursor, slot), slot)
elseif move == 'wake' then
  local cursor = leave(edition)
  if cursor then redis.call('ZADD', keyOf('waiting', edition), inQueue(cursor, slot), slot) end
elseif move == 'hold' then
  local cursor = leave(edition)
  if cursor then
    local side = redis.call('HGET', keyOf('sweep', edition), 'side') or '0'
    redis.call('ZADD', keyOf('cursor', edition), cursor, slot)
    redis.call('ZADD', keyOf('held', edition, side), value, slot)
  end
end
return 1
