--[[
Appends an operator's announcement to the log of an edition, once for its id.

KEYS  1 log  2 mark that it was sent
ARGV  1 seconds for which the mark is kept  2.. the entry, as `append` has it
Answers the entry's number, or as `append` does; 0 where it was sent before.
]]
if redis.call('EXISTS', KEYS[2]) == 1 then return 0 end
local seq = append(KEYS[1], 2)
if seq > 0 then redis.call('SET', KEYS[2], '1', 'EX', ARGV[1]) end
return seq
