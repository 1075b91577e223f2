--[[
Takes chats that are behind for a visit: those that wait longest, or, in a sweep, held ones. What is taken is marked in
flight until it is settled, so that a new owner knows what the old one was sending.

KEYS  1 lease  2 flight  3 waiting, or one side of held
ARGV  1 holder of the lease  2 edition  3 last entry of the log  4 how many  5 'waiting' or 'held'
      6 highest message id that the holder knows in private chats  7 now, ms  8 number of this claim, by which the holder tells its claims
      apart
A claim names the highest message id that anybody has written down in private chats: the last owner's visits may end after
the new one has begun, and what they brought must not be taken for what the next visit brings.

Answers two values a chat: words with spaces between (slot, cursor, held until or 0, 1 if something was sent beyond the
cursor, claim) and the sealed record. An error NOTOWNER where the lease is another's.
]]
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return redis.error_reply('NOTOWNER the lease is gone') end
local edition, head = ARGV[2], tonumber(ARGV[3])
local front = redis.call('ZRANGE', KEYS[3], 0, tonumber(ARGV[4]) - 1, 'WITHSCORES')
local known = tonumber(redis.call('ZSCORE', keyOf('highest'), 'private') or 0)
local highest = string.format('%.0f', math.max(known, tonumber(ARGV[6])))
local slots, cursors, wakes = {}, {}, {}
for i = 1, #front, 2 do
  local slot, cursor, wake = front[i], front[i + 1], '0'
  if ARGV[5] == 'held' then
    wake = cursor
    cursor = redis.call('ZSCORE', keyOf('cursor', edition), slot) or ARGV[3]
  else
    cursor = string.format('%.0f', math.floor(cursor))
    if tonumber(cursor) >= head then break end
  end
  local n = #slots + 1
  slots[n], cursors[n], wakes[n] = slot, cursor, wake
end
if #slots == 0 then return {} end
redis.call('ZREM', KEYS[3], unpack(slots))
local ahead = redis.call('SMISMEMBER', keyOf('ahead'), unpack(slots))
local flights, out = {}, {}
for i, slot in ipairs(slots) do
  local record = recordOf(slot)
  if record then
    local claim = table.concat({ edition, cursors[i], ARGV[3], wakes[i], highest, ARGV[1], ARGV[7], ARGV[8] }, ':')
    flights[#flights + 1] = slot
    flights[#flights + 1] = claim
    out[#out + 1] = table.concat({ slot, cursors[i], wakes[i], ahead[i], claim }, ' ')
    out[#out + 1] = record
  end
end
if #flights > 0 then redis.call('HSET', KEYS[2], unpack(flights)) end
return out
