--[[
Forgets a chat: its record, its place in every queue, its message ids; its slot becomes free.

KEYS  1.. buckets
ARGV  1 slot  2 edition  3.. a member for each bucket, then what it was shown: how many names, these, for each the hidden
      form of no message id, and the members of `erase` that are about this chat
Answers the encrypted list of its other messages ('' none), and for each name the hidden message id ('' none).
]]
local slot, edition = ARGV[1], ARGV[2]
-- A step that takes no room comes first: see `note-due`.
for i, bucket in ipairs(KEYS) do redis.call('ZREM', bucket, ARGV[2 + i]) end
local there = putRecord(slot, '')
for _, each in ipairs(EDITIONS) do
  redis.call('ZREM', keyOf('waiting', each), slot)
  for side = 0, 1 do redis.call('ZREM', keyOf('held', each, side), slot) end
  redis.call('ZREM', keyOf('cursor', each), slot)
  redis.call('SREM', keyOf('places', each), slot)
end
for _, name in ipairs({ 'flight', 'owners' }) do redis.call('HDEL', keyOf(name), slot) end
for _, name in ipairs({ 'ahead', 'doubted' }) do redis.call('SREM', keyOf(name), slot) end
for _, name in ipairs({ 'highest', 'heard', 'leaving' }) do redis.call('ZREM', keyOf(name), slot) end
local answer = { redis.call('GET', keyOf('said', slot)) or '' }
redis.call('DEL', keyOf('said', slot), keyOf('others', slot), keyOf('retracted', slot))
for _, hidden in ipairs(forgetShown(slot, 3 + #KEYS)) do answer[#answer + 1] = hidden end
if there then
  redis.call('SADD', keyOf('free', edition), slot)
  -- The append-only file has it still.
  redis.call('INCR', keyOf('unwritten'))
end
return answer
