-- Gives a chat another Telegram id: a group that became a supergroup keeps its slot, settings and cursor. What it was shown
-- stands in the old chat; in the new one the same message ids will be others', so they are forgotten.
-- KEYS[1] hash of records, KEYS[2] new bucket, KEYS[3..] old buckets
-- ARGV[1] field in the block, ARGV[2] slot, ARGV[3] sealed record, ARGV[4] field in the new bucket, ARGV[5] prefix,
-- ARGV[6..] old fields, then the keys' names of what the chat may have been shown
-- Returns 1, or 0 where a chat with the new id is known already; then nothing changes.
local slot, prefix = ARGV[2], ARGV[5]
if redis.call('HSETNX', KEYS[2], ARGV[4], slot) == 0 then return 0 end
for i = 3, #KEYS do redis.call('HDEL', KEYS[i], ARGV[i + 3]) end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
redis.call('HDEL', prefix .. 'highest', slot)
redis.call('DEL', prefix .. 'said:' .. slot)
local size = 1024
local offset = (slot % size) * 4
for i = 6 + #KEYS - 2, #ARGV do
  local key = prefix .. 'sent:' .. ARGV[i] .. ':' .. math.floor(slot / size)
  local bytes = redis.call('GETRANGE', key, offset, offset + 3)
  if #bytes == 4 and bytes ~= '\0\0\0\0' then
    redis.call('SETRANGE', key, offset, '\0\0\0\0')
    redis.call('ZREM', prefix .. 'erase', slot .. ':' .. (struct.unpack('>I4', bytes)))
  end
end
return 1
