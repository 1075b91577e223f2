-- Takes chats that are behind for a visit: those that wait longest, or, in a sweep, held ones.
-- What is taken is marked in flight until it is settled, so that a new owner knows what the old one was sending.
-- KEYS[1] lease, KEYS[2] flight, KEYS[3] waiting or one side of held
-- ARGV[1] prefix, ARGV[2] holder of the lease, ARGV[3] edition, ARGV[4] last entry of the log, ARGV[5] how many,
-- ARGV[6] `waiting` or `held`, ARGV[7] highest message id known in private chats, ARGV[8] slots in a block of records,
-- ARGV[9] now (ms), ARGV[10] number of this look, by which the holder tells its claims apart
-- Returns two values a chat: words with spaces between (slot, cursor, held until or 0, 1 if something was sent beyond
-- the cursor, claim) and the sealed record.
if redis.call('GET', KEYS[1]) ~= ARGV[2] then return redis.error_reply('NOTOWNER the lease is gone') end
local prefix, edition, head, size = ARGV[1], ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[8])
local front = redis.call('ZRANGE', KEYS[3], 0, tonumber(ARGV[5]) - 1, 'WITHSCORES')
local slots, cursors, wakes = {}, {}, {}
for i = 1, #front, 2 do
  local slot, cursor, wake = front[i], front[i + 1], '0'
  if ARGV[6] == 'held' then
    wake = cursor
    cursor = redis.call('HGET', prefix .. 'cursor:' .. edition, slot) or ARGV[4]
  elseif tonumber(cursor) >= head then
    break
  end
  local n = #slots + 1
  slots[n], cursors[n], wakes[n] = slot, cursor, wake
end
if #slots == 0 then return {} end
redis.call('ZREM', KEYS[3], unpack(slots))
local ahead = redis.call('SMISMEMBER', prefix .. 'ahead', unpack(slots))
local flights, out = {}, {}
for i, slot in ipairs(slots) do
  local record = redis.call('HGET', prefix .. 'chat:' .. math.floor(slot / size), slot % size)
  if record then
    local claim = table.concat({ edition, cursors[i], ARGV[4], wakes[i], ARGV[7], ARGV[2], ARGV[9], ARGV[10] }, ':')
    flights[#flights + 1] = slot
    flights[#flights + 1] = claim
    out[#out + 1] = table.concat({ slot, cursors[i], wakes[i], ahead[i], claim }, ' ')
    out[#out + 1] = record
  end
end
if #flights > 0 then redis.call('HSET', KEYS[2], unpack(flights)) end
return out
