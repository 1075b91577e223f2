--[[
Takes one removal, so that nobody else carries it out at the same time; should the taker die, it is due again.

KEYS  1 removals by due moment
ARGV  1 id  2 now, ms  3 until when it is taken, ms
Answers 1; 0 where it is done, or taken by somebody else.
]]
local due = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not due or tonumber(due) > tonumber(ARGV[2]) then return 0 end
-- A step that takes no room comes first: see `note-due`.
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])
return 1
