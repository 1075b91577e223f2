-- Ends a visit: moves the cursor and keeps the message id for every story that the message shows, in one step.
-- KEYS[1] flight   ARGV[1] prefix, ARGV[2] slot, ARGV[3] claim, ARGV[4] edition, ARGV[5] new cursor,
-- ARGV[6] not visited before (ms) or 0, ARGV[7] 1 = something was sent beyond the cursor, ARGV[8] message id or 0,
-- ARGV[9] field in `highest` that the message id raises, ARGV[10] when the message disappears (ms) or 0,
-- ARGV[11] seconds for which message ids are kept, ARGV[12..] keys' names of what the message shows
-- Returns 1, or 0 where the claim is no longer ours; then nothing was written.
local prefix, slot, edition, mid = ARGV[1], ARGV[2], ARGV[4], tonumber(ARGV[8])
if redis.call('HGET', KEYS[1], slot) ~= ARGV[3] then return 0 end
redis.call('HDEL', KEYS[1], slot)
if ARGV[6] ~= '0' then
  local side = redis.call('HGET', prefix .. 'sweep:' .. edition, 'side') or '0'
  redis.call('HSET', prefix .. 'cursor:' .. edition, slot, ARGV[5])
  redis.call('ZADD', prefix .. 'held:' .. edition .. ':' .. side, ARGV[6], slot)
else
  redis.call('HDEL', prefix .. 'cursor:' .. edition, slot)
  redis.call('ZADD', prefix .. 'waiting:' .. edition, ARGV[5], slot)
end
redis.call(ARGV[7] == '1' and 'SADD' or 'SREM', prefix .. 'ahead', slot)
if mid > 0 then
  local bytes = struct.pack('>I4', mid)
  local size = 1024
  for i = 12, #ARGV do
    local key = prefix .. 'sent:' .. ARGV[i] .. ':' .. math.floor(slot / size)
    redis.call('SETRANGE', key, (slot % size) * 4, bytes)
    if redis.call('TTL', key) < 0 then redis.call('EXPIRE', key, ARGV[11]) end
  end
  if tonumber(redis.call('HGET', prefix .. 'highest', ARGV[9]) or 0) < mid then
    redis.call('HSET', prefix .. 'highest', ARGV[9], mid)
  end
  if ARGV[10] ~= '0' then redis.call('ZADD', prefix .. 'erase', ARGV[10], slot .. ':' .. ARGV[8]) end
end
return 1
