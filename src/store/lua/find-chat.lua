-- Finds a chat by its keyed hash, under the current key first, then under the previous one.
-- KEYS[1..n] buckets   ARGV[1] prefix of the bot's keys, ARGV[2] slots in a block of records, ARGV[3..n+2] fields
-- Returns {slot, sealed record, place of the hash that matched} or nil.
for i = 1, #KEYS do
  local slot = redis.call('HGET', KEYS[i], ARGV[i + 2])
  if slot then
    local size = tonumber(ARGV[2])
    local record = redis.call('HGET', ARGV[1] .. 'chat:' .. math.floor(slot / size), slot % size)
    return { tonumber(slot), record, i }
  end
end
return nil
