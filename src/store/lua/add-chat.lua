--[[
Stores a new chat under its slot, unless somebody was faster; then the slot is given back.

KEYS  1 bucket  2 free slots of the edition  3 places of the edition
ARGV  1 member in the bucket  2 slot  3 sealed record  4 '1' for a place  5 day from which an idle chat's days count, or ''
Answers 1; 0 where the chat was there already.
]]
local slot = ARGV[2]
if redis.call('ZADD', KEYS[1], 'NX', slot, ARGV[1]) == 0 then
  redis.call('SADD', KEYS[2], slot)
  return 0
end
putRecord(slot, ARGV[3])
if ARGV[4] == '1' then redis.call('SADD', KEYS[3], slot) end
if ARGV[5] ~= '' then redis.call('ZADD', keyOf('leaving'), ARGV[5], slot) end
return 1
