--[[
Replaces the value of a field, unless somebody else was faster.

KEYS  1 hash
ARGV  1 field  2 as it was read  3 new
Answers 1; 0 where it is another one by now, or gone.
]]
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
