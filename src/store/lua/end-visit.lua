--[[
Ends visits: moves each cursor and keeps the message id for every story that the message shows, in one step.

KEYS  1 flight
ARGV  1 seconds for which message ids are kept at least, from the last one of a block on; whole hours tell no moment
      2 the same for places  3 how many blanks  4.. for each of them: a name, a block, and the block of message ids in which nobody was shown that name  then one visit each, words with spaces
      between: slot, claim, edition, new cursor, not visited before (ms), 0 or 'Infinity' (not before it is resumed),
      1 = something was sent beyond the cursor, message id or 0, member of `highest` that the message id raises, when the
      message disappears (ms) or 0, slot and message id as a member of `erase` and `retracted`, 1 = a place, how the id is
      known ('sent', 'found' or '-'), and for everything that the message shows its name, a colon and the hidden message id
Answers for each visit 1; 0 where the claim is no longer ours, then nothing was written for it. Where the message id stands
there already, somebody has settled this very visit: an answer of ours was lost, or a new owner was faster. Answers nothing
where a block of message ids is missing: nothing was written then, and it is to be called with the blanks.

A message that was sent under a claim that is no longer ours is taken back, although whoever is on a visit there now may have
found it: from then on it counts for nobody, and such a visit answers 0 and stays in flight.

A claim with a `!` behind it: the chat was changed meanwhile (save-chat, unhear), so it is not held but looked at again, and posts of
others are not known from its message on.
]]
local now = tonumber(redis.call('TIME')[1])
local keptUntil = string.format('%.0f', math.ceil((now + ARGV[1]) / 3600) * 3600)
-- When each block of message ids that is written into goes, s.
local ends = {}
local highest, isUnheard = {}, {}
-- What is written for many visits with one call, at the end: calls are what a script spends its time on.
local landed, ahead, notAhead, waiting = {}, {}, {}, {}

local function isKept(mid, id)
  return mid ~= '0' and id and redis.call('GETRANGE', id.shown, id.offset, id.offset + 3) == id.hidden
end

-- In places a story may be corrected long after a person's message ids are gone; what stands beside it is kept with it.
local function keepPosted(slot, shows)
  for name, hidden in string.gmatch(shows, '(%S+):(%d+)') do
    local posted, parts = keyOf('posted', name), { '~' .. hidden }
    for other in string.gmatch(shows, '(%S+):%d+') do
      if other ~= name then parts[#parts + 1] = other end
    end
    redis.call('HSET', posted, slot, table.concat(parts, ' '))
    if redis.call('TTL', posted) < 0 then redis.call('EXPIRE', posted, ARGV[2]) end
  end
end

local function settle(flight, ids, slot, claim, edition, cursor, notBefore, isAhead, mid, field, eraseAt, pair, isPlace, how, shows)
  if flight == claim .. '!' then
    notBefore, isUnheard[slot] = '0', true
  elseif flight ~= claim then
    if isKept(mid, ids[1]) then return 1 end
    if how == 'sent' and recordOf(slot) then
      redis.call('SADD', keyOf('retracted', slot), pair)
      redis.call('EXPIREAT', keyOf('retracted', slot), keptUntil)
    end
    return 0
  end
  if how == 'found' and redis.call('SMISMEMBER', keyOf('retracted', slot), pair)[1] == 1 then return 0 end
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
  for _, id in ipairs(ids) do
    local shown = id.shown
    redis.call('SETRANGE', shown, id.offset, id.hidden)
    -- Others of the block were shown it up to a day earlier; a second is the rounding of both.
    if ends[shown] < keptUntil - 1 then
      redis.call('EXPIREAT', shown, keptUntil)
      ends[shown] = tonumber(keptUntil)
    end
  end
  if isPlace == '1' then keepPosted(slot, shows) end
  highest[field] = math.max(highest[field] or 0, tonumber(mid))
  if eraseAt ~= '0' then redis.call('ZADD', keyOf('erase'), eraseAt, pair) end
  return 1
end

local first = 4 + 3 * tonumber(ARGV[3])
for i = 4, first - 1, 3 do
  redis.call('SET', keyOf('shown', ARGV[i], ARGV[i + 1]), ARGV[i + 2], 'NX', 'EXAT', keptUntil)
end
local visit = '^' .. string.rep('(%S+) ', 12) .. '(.*)$'
local visits, slots, idsOf = {}, {}, {}
for i = first, #ARGV do
  local parts, ids = { string.match(ARGV[i], visit) }, {}
  local n = #visits + 1
  visits[n], slots[n], idsOf[n] = parts, parts[1], ids
  for name, hidden in string.gmatch(parts[13], '(%S+):(%d+)') do
    local shown, offset = idOf(name, parts[1])
    ids[#ids + 1] = { shown = shown, offset = offset, hidden = struct.pack('>I4', tonumber(hidden)) }
    if not ends[shown] then
      local left = redis.call('TTL', shown)
      if left == -2 then return {} end
      ends[shown] = now + left
    end
  end
end
local flights, out = redis.call('HMGET', KEYS[1], unpack(slots)), {}
for i, parts in ipairs(visits) do out[i] = settle(flights[i], idsOf[i], unpack(parts)) end
if #landed > 0 then redis.call('HDEL', KEYS[1], unpack(landed)) end
if #ahead > 0 then redis.call('SADD', keyOf('ahead'), unpack(ahead)) end
if #notAhead > 0 then redis.call('SREM', keyOf('ahead'), unpack(notAhead)) end
for edition, queue in pairs(waiting) do redis.call('ZADD', keyOf('waiting', edition), unpack(queue)) end
for field, mid in pairs(highest) do
  local id = string.format('%.0f', mid)
  redis.call('ZADD', keyOf('highest'), 'GT', id, field)
  if field ~= 'private' and not isUnheard[field] then redis.call('ZADD', keyOf('heard'), 'NX', id, field) end
end
return out
