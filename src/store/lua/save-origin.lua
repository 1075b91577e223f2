--[[
Stores what was learnt of a story, unless somebody else has written the story since it was read.

KEYS  1 story
ARGV  1 json as it was read  2 origin
Answers 1; 0 where it says something else by now, or is gone.
]]
if redis.call('HGET', KEYS[1], 'json') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'origin', ARGV[2])
return 1
