--[[
Puts a list of messages to remove under another key, unless it was carried out meanwhile.

KEYS  1 removals
ARGV  1 id  2 sealed as it was read  3 sealed anew
Answers 1; 0 where it is gone.
]]
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
