--[[
Gives out any free slot: a new block of them is opened where there is none, so that no number tells who came when.

KEYS  1 free slots of the edition  2 slots
ARGV  none
Answers the slot.
]]
local free = redis.call('SPOP', KEYS[1])
if not free then
  local first = redis.call('HINCRBY', KEYS[2], 'blocks', 1) * SLOT_BLOCK
  local fresh = {}
  for i = 1, SLOT_BLOCK do fresh[i] = string.format('%d', first + i - 1) end
  redis.call('SADD', KEYS[1], unpack(fresh))
  free = redis.call('SPOP', KEYS[1])
end
return tonumber(free)
