--[[
Gives a chat another Telegram id: a group that became a supergroup keeps its slot, settings and cursor. What it was shown
stands in the old chat; in the new one the same message ids will be others', so only that it was shown is kept.

KEYS  1 new bucket  2.. old buckets
ARGV  1 slot  2 sealed record  3 member in the new bucket  4.. a member for each old bucket, then what it was shown, as in
      drop-chat, with the hidden form of a mark for what it was shown; at last the sealed record as it was read
Answers 1; 0 where a chat with the new id is known already, -1 where the record is another by now: then nothing changes.
]]
local slot = ARGV[1]
if recordOf(slot) ~= table.remove(ARGV) then return -1 end
if redis.call('ZADD', KEYS[1], 'NX', slot, ARGV[3]) == 0 then return 0 end
for i = 2, #KEYS do redis.call('ZREM', KEYS[i], ARGV[i + 2]) end
putRecord(slot, ARGV[2])
redis.call('ZREM', keyOf('highest'), slot)
redis.call('DEL', keyOf('said', slot))
forgetShown(slot, 3 + #KEYS)
return 1
