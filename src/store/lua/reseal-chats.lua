--[[
Puts records under another key, and their chats under another keyed hash, in one step; a record that was changed or forgotten
meanwhile is left alone.

KEYS  1 records
ARGV  1.. for each record seven: slot, sealed as it was read, sealed anew, old bucket, old member in it, new bucket, new
      member in it
Answers how many things were not yet as they should be.
]]
local changed = 0
for i = 1, #ARGV, 7 do
  local slot = ARGV[i]
  if recordOf(slot) == ARGV[i + 1] then
    if ARGV[i + 2] ~= ARGV[i + 1] then
      putRecord(slot, ARGV[i + 2])
      changed = changed + 1
    end
    changed = changed + redis.call('ZREM', keyOf('find', ARGV[i + 3]), ARGV[i + 4])
    redis.call('ZADD', keyOf('find', ARGV[i + 5]), slot, ARGV[i + 6])
  else
    changed = changed + 1
  end
end
return changed
