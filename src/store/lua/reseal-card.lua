--[[
Puts the cards that wait for a person under another key, for as long as they still wait, unless they were taken or added to
meanwhile.

KEYS  1 card under the old name  2 card under the new one
ARGV  1 sealed as it was read  2 sealed anew
Answers 1; 0 where they are others by now.
]]
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
local left = redis.call('PTTL', KEYS[1])
redis.call('DEL', KEYS[1])
-- Cards under the new name are the later ones, and have these in them.
if left > 0 then redis.call('SET', KEYS[2], ARGV[2], 'PX', left, 'NX') end
return 1
