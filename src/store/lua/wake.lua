--[[
Lets chats whose time has come wait for a visit again, and tells how an edition's queue stands. A new urgent entry turns the
sides: what is held now stands on the old side until the sweep has visited it.

KEYS  1 held, side 0  2 held, side 1  3 cursors of the held  4 waiting  5 sweep
ARGV  1 now, ms  2 how many of each side at most  3 last urgent entry, or 0  4 last entry of the log
Answers {cursor of the front or -1, side of new holds, chats on the old side}.
]]
for side = 1, 2 do
  local due = redis.call('ZRANGEBYSCORE', KEYS[side], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
  for _, slot in ipairs(due) do
    redis.call('ZREM', KEYS[side], slot)
    -- A cursor that is lost loses no reader: the chat goes on with what comes next.
    local cursor = redis.call('ZSCORE', KEYS[3], slot) or ARGV[4]
    redis.call('ZREM', KEYS[3], slot)
    redis.call('ZADD', KEYS[4], inQueue(cursor, slot), slot)
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
return { tonumber(front[2] or -1), side, old }
