-- Stores a new chat under its slot, unless somebody was faster; then the slot is given back.
-- KEYS[1] bucket, KEYS[2] hash of records, KEYS[3] free slots of the edition, KEYS[4] places of the edition
-- ARGV[1] field in the bucket, ARGV[2] slot, ARGV[3] field in the block, ARGV[4] sealed record, ARGV[5] 1 for a place
-- Returns 1, or 0 where the chat was there already.
if redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2]) == 0 then
  redis.call('SADD', KEYS[3], ARGV[2])
  return 0
end
redis.call('HSET', KEYS[2], ARGV[3], ARGV[4])
if ARGV[5] == '1' then redis.call('SADD', KEYS[4], ARGV[2]) end
return 1
