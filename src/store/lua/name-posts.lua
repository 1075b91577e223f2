--[[
Names posts of others in a channel, so that none of them is taken for ours.

KEYS  1 others of the slot
ARGV  1 slot  2.. message ids
Answers OK.
Where nothing of the channel is known and nothing is on its way there, the first of them is where knowledge begins. Names
below our own last message serve nobody any more. More than a few hundred above it are not kept: then nothing is known.
]]
local slot = ARGV[1]
local own = tonumber(redis.call('ZSCORE', keyOf('highest'), slot) or 0)
if redis.call('HEXISTS', keyOf('flight'), slot) == 0 then redis.call('ZADD', keyOf('heard'), 'NX', ARGV[2], slot) end
for i = 2, #ARGV do redis.call('SADD', KEYS[1], ARGV[i]) end
local stale = {}
for _, id in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  if tonumber(id) < own then stale[#stale + 1] = id end
end
if #stale > 0 then redis.call('SREM', KEYS[1], unpack(stale)) end
if redis.call('SCARD', KEYS[1]) > 500 then
  redis.call('DEL', KEYS[1])
  redis.call('ZREM', keyOf('heard'), slot)
end
return redis.status_reply('OK')
