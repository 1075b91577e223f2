-- Gives out a slot: one given back, else the next of the edition's open block, else the first of a new block.
-- KEYS[1] free slots of the edition, KEYS[2] slots   ARGV[1] edition, ARGV[2] slots in a block
-- Returns the slot.
local free = redis.call('SPOP', KEYS[1])
if free then return tonumber(free) end
local size = tonumber(ARGV[2])
local nextField, endField = 'next:' .. ARGV[1], 'end:' .. ARGV[1]
local slot = tonumber(redis.call('HGET', KEYS[2], nextField) or 0)
local last = tonumber(redis.call('HGET', KEYS[2], endField) or 0)
if slot >= last then
  local block = redis.call('HINCRBY', KEYS[2], 'blocks', 1)
  slot = block * size
  redis.call('HSET', KEYS[2], endField, slot + size)
end
redis.call('HSET', KEYS[2], nextField, slot + 1)
return slot
