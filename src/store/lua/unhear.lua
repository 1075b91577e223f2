--[[
Lets go of what is known of others' posts in a channel: updates that name some may be missing. A message on its way there may
stand below these, so its visit is marked, as by save-chat: where it ends nothing begins to be known.

KEYS  1 heard  2 others of the slot  3 flight
ARGV  1 slot
Answers OK.
]]
-- A step that takes no room comes first: see `note-due`.
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('DEL', KEYS[2])
local flight = redis.call('HGET', KEYS[3], ARGV[1])
if flight and string.sub(flight, -1) ~= '!' then redis.call('HSET', KEYS[3], ARGV[1], flight .. '!') end
return redis.status_reply('OK')
