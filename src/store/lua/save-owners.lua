--[[
Stores who set a place up, as long as the place is known.

KEYS  1 owners
ARGV  1 slot  2 sealed list or '' for nobody
Answers 1; 0 where the place has been forgotten meanwhile.
]]
if ARGV[2] == '' then
  redis.call('HDEL', KEYS[1], ARGV[1])
  return 1
end
if not recordOf(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
