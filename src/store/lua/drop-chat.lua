--[[
Forgets a chat: its record, its place in every queue, its message ids; its slot becomes free.

KEYS  1.. buckets
ARGV  1 slot  2 edition  3.. a member for each bucket, then names under which message ids may be kept
Answers the chat's message ids that were kept.
]]
local slot, edition = ARGV[1], ARGV[2]
local there = putRecord(slot, '')
for i, bucket in ipairs(KEYS) do redis.call('ZREM', bucket, ARGV[2 + i]) end
for _, each in ipairs(EDITIONS) do
  redis.call('ZREM', keyOf('waiting', each), slot)
  for side = 0, 1 do redis.call('ZREM', keyOf('held', each, side), slot) end
  redis.call('ZREM', keyOf('cursor', each), slot)
  redis.call('SREM', keyOf('places', each), slot)
end
for _, name in ipairs({ 'flight', 'owners' }) do redis.call('HDEL', keyOf(name), slot) end
for _, name in ipairs({ 'ahead', 'doubted' }) do redis.call('SREM', keyOf(name), slot) end
for _, name in ipairs({ 'highest', 'heard', 'leaving' }) do redis.call('ZREM', keyOf(name), slot) end
local ids = redis.call('ZRANGE', keyOf('said', slot), 0, -1)
redis.call('DEL', keyOf('said', slot), keyOf('others', slot))
for i = 3 + #KEYS, #ARGV do
  redis.call('HDEL', keyOf('posted', ARGV[i]), slot)
  local sent, offset = idOf(ARGV[i], slot)
  local bytes = redis.call('GETRANGE', sent, offset, offset + 3)
  if #bytes == 4 and bytes ~= '\0\0\0\0' then
    ids[#ids + 1] = (struct.unpack('>I4', bytes))
    redis.call('SETRANGE', sent, offset, '\0\0\0\0')
  end
end
for _, id in ipairs(ids) do redis.call('ZREM', keyOf('erase'), slot .. ':' .. id) end
if there then
  redis.call('SADD', keyOf('free', edition), slot)
  -- The append-only file has it still.
  redis.call('INCR', keyOf('unwritten'))
end
return ids
