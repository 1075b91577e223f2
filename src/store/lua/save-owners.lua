-- Stores who set a place up, as long as the place is known.
-- KEYS[1] hash of records, KEYS[2] owners   ARGV[1] field in the block, ARGV[2] slot, ARGV[3] sealed list or '' for nobody
-- Returns 1, or 0 where the place has been forgotten meanwhile.
if ARGV[3] == '' then
  redis.call('HDEL', KEYS[2], ARGV[2])
  return 1
end
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return 0 end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
return 1
