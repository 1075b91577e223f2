--[[
Ends visits: moves each cursor and keeps the message id for every story that the message shows, in one step.

KEYS  1 flight
ARGV  1 seconds for which message ids are kept  2 the same for places  3.. one visit each, words with spaces between: slot, claim, edition, new
      cursor, not visited before (ms), 0 or 'Infinity' (not before it is resumed), 1 = something was sent beyond the cursor,
      message id or 0, member of `highest` that the message id raises, when the message disappears (ms) or 0, 1 = a
      place, names of what the message shows
Answers for each visit 1; 0 where the claim is no longer ours, then nothing was written for it. Where the message id stands
there already, somebody has settled this very visit: an answer of ours was lost, or a new owner was faster.

A claim with a `!` behind it: the chat was moved in the queue meanwhile (save-chat), so it is not held but looked at again.
]]
local expiring, highest = {}, {}
-- What is written for many visits with one call, at the end: calls are what a script spends its time on.
local landed, ahead, notAhead, waiting = {}, {}, {}, {}

local function isKept(slot, mid, shows)
  local name = mid ~= '0' and string.match(shows, '%S+')
  if not name then return false end
  local sent, offset = idOf(name, slot)
  return redis.call('GETRANGE', sent, offset, offset + 3) == struct.pack('>I4', tonumber(mid))
end

-- In places a story may be corrected long after a person's message ids are gone; what stands beside it is kept with it.
local function keepPosted(slot, mid, shows)
  for name in string.gmatch(shows, '%S+') do
    local posted, parts = keyOf('posted', name), { mid }
    for other in string.gmatch(shows, '%S+') do
      if other ~= name then parts[#parts + 1] = other end
    end
    redis.call('HSET', posted, slot, table.concat(parts, ' '))
    if redis.call('TTL', posted) < 0 then redis.call('EXPIRE', posted, ARGV[2]) end
  end
end

local function settle(flight, slot, claim, edition, cursor, notBefore, isAhead, mid, field, eraseAt, isPlace, shows)
  if flight == claim .. '!' then
    notBefore = '0'
  elseif flight ~= claim then
    return isKept(slot, mid, shows) and 1 or 0
  end
  landed[#landed + 1] = slot
  -- Only a chat that was held when it was taken has its cursor there.
  local wasHeld = string.match(claim, '^%a+:%d+:%d+:(%d+)') ~= '0'
  if notBefore == 'Infinity' then
    redis.call('ZADD', keyOf('cursor', edition), cursor, slot)
  elseif notBefore ~= '0' then
    local side = redis.call('HGET', keyOf('sweep', edition), 'side') or '0'
    redis.call('ZADD', keyOf('cursor', edition), cursor, slot)
    redis.call('ZADD', keyOf('held', edition, side), notBefore, slot)
  else
    if wasHeld then redis.call('ZREM', keyOf('cursor', edition), slot) end
    local queue = waiting[edition] or {}
    queue[#queue + 1] = inQueue(cursor, slot)
    queue[#queue + 1] = slot
    waiting[edition] = queue
  end
  local list = isAhead == '1' and ahead or notAhead
  list[#list + 1] = slot
  if mid == '0' then return 1 end
  local bytes = struct.pack('>I4', tonumber(mid))
  for name in string.gmatch(shows, '%S+') do
    local sent, offset = idOf(name, slot)
    redis.call('SETRANGE', sent, offset, bytes)
    if not expiring[sent] then
      expiring[sent] = true
      if redis.call('TTL', sent) < 0 then redis.call('EXPIRE', sent, ARGV[1]) end
    end
  end
  if isPlace == '1' then keepPosted(slot, mid, shows) end
  highest[field] = math.max(highest[field] or 0, tonumber(mid))
  if eraseAt ~= '0' then redis.call('ZADD', keyOf('erase'), eraseAt, slot .. ':' .. mid) end
  return 1
end

local visit = '^' .. string.rep('(%S+) ', 10) .. '(.*)$'
local slots = {}
for i = 3, #ARGV do slots[i - 2] = string.match(ARGV[i], '^%S+') end
local flights, out = redis.call('HMGET', KEYS[1], unpack(slots)), {}
for i = 3, #ARGV do out[i - 2] = settle(flights[i - 2], string.match(ARGV[i], visit)) end
if #landed > 0 then redis.call('HDEL', KEYS[1], unpack(landed)) end
if #ahead > 0 then redis.call('SADD', keyOf('ahead'), unpack(ahead)) end
if #notAhead > 0 then redis.call('SREM', keyOf('ahead'), unpack(notAhead)) end
for edition, queue in pairs(waiting) do redis.call('ZADD', keyOf('waiting', edition), unpack(queue)) end
for field, mid in pairs(highest) do
  local id = string.format('%.0f', mid)
  redis.call('ZADD', keyOf('highest'), 'GT', id, field)
  if field ~= 'private' then redis.call('ZADD', keyOf('heard'), 'NX', id, field) end
end
return out
