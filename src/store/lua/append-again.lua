--[[
A further entry of a story that was made urgent after the fact and goes ahead of the rest.

KEYS  1 story  2 log
ARGV  1 json as it was read  2 json to store  3.. the entry, as `append` has it
Answers the entry's number, or as `append` does; 0 where the story has changed meanwhile.
]]
if redis.call('HGET', KEYS[1], 'json') ~= ARGV[1] then return 0 end
local seq = append(KEYS[2], 3)
if seq > 0 then redis.call('HSET', KEYS[1], 'json', ARGV[2], 'seq', seq) end
return seq
