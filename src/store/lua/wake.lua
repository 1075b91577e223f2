-- Lets chats whose time has come wait for a visit again, and tells how an edition's queue stands.
-- KEYS[1] held, one side, KEYS[2] held, the other side, KEYS[3] cursors of the held, KEYS[4] waiting, KEYS[5] sweep
-- ARGV[1] now (ms), ARGV[2] how many at most, ARGV[3] last urgent entry, or 0
-- A new urgent entry turns the sides: what is held now stands on the old side until the sweep has visited it.
-- Returns {woken, cursor of the front or -1, next moment or -1, side of new holds, chats on the old side}.
local woken = 0
for side = 1, 2 do
  local due = redis.call('ZRANGEBYSCORE', KEYS[side], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
  for _, slot in ipairs(due) do
    redis.call('ZREM', KEYS[side], slot)
    local cursor = redis.call('HGET', KEYS[3], slot)
    redis.call('HDEL', KEYS[3], slot)
    if cursor then redis.call('ZADD', KEYS[4], cursor, slot) end
    woken = woken + 1
  end
end
local side = tonumber(redis.call('HGET', KEYS[5], 'side') or 0)
local swept = tonumber(redis.call('HGET', KEYS[5], 'seq') or 0)
local old = redis.call('ZCARD', KEYS[2 - side])
if tonumber(ARGV[3]) > swept and old == 0 then
  side = 1 - side
  redis.call('HSET', KEYS[5], 'side', side, 'seq', ARGV[3])
  old = redis.call('ZCARD', KEYS[2 - side])
end
local front = redis.call('ZRANGE', KEYS[4], 0, 0, 'WITHSCORES')
local moment = -1
for i = 1, 2 do
  local first = redis.call('ZRANGE', KEYS[i], 0, 0, 'WITHSCORES')
  if first[2] and (moment < 0 or tonumber(first[2]) < moment) then moment = tonumber(first[2]) end
end
return { woken, tonumber(front[2] or -1), moment, side, old }
