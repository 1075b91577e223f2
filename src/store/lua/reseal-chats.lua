--[[
Puts records under another key, and their chats under another keyed hash, in one step; a record that was changed or forgotten
meanwhile is left alone.

KEYS  1 hash of records
ARGV  1.. for each record eight: field in the block, sealed as it was read, sealed anew, old bucket, old field in it, new
      bucket, new field in it, slot
Answers how many things were not yet as they should be.
]]
local changed = 0
for i = 1, #ARGV, 8 do
  if redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[i + 1] then
    if ARGV[i + 2] ~= ARGV[i + 1] then
      redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 2])
      changed = changed + 1
    end
    changed = changed + redis.call('HDEL', keyOf('find', ARGV[i + 3]), ARGV[i + 4])
    redis.call('HSET', keyOf('find', ARGV[i + 5]), ARGV[i + 6], ARGV[i + 7])
  else
    changed = changed + 1
  end
end
return changed
