--[[
Stores who set a place up, as long as the place is known.

KEYS  1 owners
ARGV  1 slot  2 sealed list or '' for nobody  3 the list from which it was made, '' for none
Answers 1, also where the place has been forgotten meanwhile; 0 where the list has become another.
]]
if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[3] then return 0 end
-- A step that takes no room comes first: see `note-due`.
redis.call('HDEL', KEYS[1], ARGV[1])
if ARGV[2] ~= '' and recordOf(ARGV[1]) then redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) end
return 1
