--[[
Finds a chat by its keyed hash, under the current key first, then under the previous one.

KEYS  1.. buckets
ARGV  1.. a member for each bucket
Answers {slot, sealed record, which of the hashes matched}; nil where there is no such chat.
]]
for i, bucket in ipairs(KEYS) do
  local slot = redis.call('ZSCORE', bucket, ARGV[i])
  if slot then return { tonumber(slot), recordOf(slot), i } end
end
return nil
