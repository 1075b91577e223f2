--[[
Turns a hash of an older release into what stands there now: a sorted set of its fields by their values, or, with its
records, a string of places. Anything else is left as it is.

KEYS  1 key
ARGV  1 first slot of the records; '' for a sorted set
Answers how many fields it had.
]]
if redis.call('TYPE', KEYS[1]).ok ~= 'hash' then return 0 end
local pairs_ = redis.call('HGETALL', KEYS[1])
redis.call('DEL', KEYS[1])
for i = 1, #pairs_, 2 do
  if ARGV[1] == '' then
    redis.call('ZADD', KEYS[1], pairs_[i + 1], pairs_[i])
  else
    putRecord(string.format('%.0f', ARGV[1] + pairs_[i]), pairs_[i + 1])
  end
end
return #pairs_ / 2
