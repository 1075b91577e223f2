--[[
Notes a message id of a place where none is known yet and nothing is on its way: the ids of ours will be above it.

KEYS  1 highest message ids
ARGV  1 slot  2 message id
Answers OK.
]]
if redis.call('HEXISTS', keyOf('flight'), ARGV[1]) == 0 then redis.call('ZADD', KEYS[1], 'NX', ARGV[2], ARGV[1]) end
return redis.status_reply('OK')
