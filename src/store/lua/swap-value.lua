--[[
Replaces a value, unless somebody else was faster.

KEYS  1 value
ARGV  1 as it was read; '' where there was none  2 new  3 lifetime from now on, ms; absent: for ever
Answers 1; 0 where it is another one by now.
]]
local now = redis.call('GET', KEYS[1])
if (now or '') ~= ARGV[1] then return 0 end
if ARGV[3] then redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) else redis.call('SET', KEYS[1], ARGV[2]) end
return 1
