-- Gives a chat another Telegram id: a group that became a supergroup keeps its slot, settings and cursor.
-- KEYS[1] hash of records, KEYS[2] new bucket, KEYS[3..] old buckets
-- ARGV[1] field in the block, ARGV[2] slot, ARGV[3] sealed record, ARGV[4] field in the new bucket, ARGV[5..] old fields
-- Returns 1, or 0 where a chat with the new id is known already; then nothing changes.
if redis.call('HSETNX', KEYS[2], ARGV[4], ARGV[2]) == 0 then return 0 end
for i = 3, #KEYS do redis.call('HDEL', KEYS[i], ARGV[i + 2]) end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
