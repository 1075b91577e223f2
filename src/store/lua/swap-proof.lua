--[[
Replaces the proof of the key, unless somebody else was faster.

KEYS  1 proof
ARGV  1 proof as it was read  2 new proof
Answers 1; 0 where the proof is another one by now.
]]
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1
