-- Forgets a chat: its record, its place in every queue, its message ids; its slot becomes free.
-- KEYS[1] hash of records, KEYS[2..] buckets
-- ARGV[1] prefix, ARGV[2] slot, ARGV[3] field in the block, ARGV[4] edition, ARGV[5] number of buckets, then their fields,
-- then the keys' story ids whose message ids may hold this slot
-- Returns the chat's message ids that were kept.
local prefix, slot = ARGV[1], ARGV[2]
local there = redis.call('HDEL', KEYS[1], ARGV[3])
local buckets = tonumber(ARGV[5])
for i = 1, buckets do redis.call('HDEL', KEYS[i + 1], ARGV[5 + i]) end
for _, ed in ipairs({ 'be', 'ru', 'en' }) do
  redis.call('ZREM', prefix .. 'waiting:' .. ed, slot)
  redis.call('ZREM', prefix .. 'held:' .. ed .. ':0', slot)
  redis.call('ZREM', prefix .. 'held:' .. ed .. ':1', slot)
  redis.call('HDEL', prefix .. 'cursor:' .. ed, slot)
  redis.call('SREM', prefix .. 'places:' .. ed, slot)
end
redis.call('HDEL', prefix .. 'flight', slot)
redis.call('SREM', prefix .. 'ahead', slot)
redis.call('SREM', prefix .. 'doubted', slot)
redis.call('HDEL', prefix .. 'highest', slot)
redis.call('HDEL', prefix .. 'owners', slot)
redis.call('ZREM', prefix .. 'leaving', slot)
local ids = redis.call('ZRANGE', prefix .. 'said:' .. slot, 0, -1)
redis.call('DEL', prefix .. 'said:' .. slot)
local size = 1024
local offset = (slot % size) * 4
for i = 6 + buckets, #ARGV do
  local key = prefix .. 'sent:' .. ARGV[i] .. ':' .. math.floor(slot / size)
  local bytes = redis.call('GETRANGE', key, offset, offset + 3)
  if #bytes == 4 and bytes ~= '\0\0\0\0' then
    ids[#ids + 1] = (struct.unpack('>I4', bytes))
    redis.call('SETRANGE', key, offset, '\0\0\0\0')
  end
end
for _, id in ipairs(ids) do redis.call('ZREM', prefix .. 'erase', slot .. ':' .. id) end
if there == 1 then
  redis.call('SADD', prefix .. 'free:' .. ARGV[4], slot)
  -- The append-only file has it still.
  redis.call('INCR', prefix .. 'unwritten')
end
return ids
