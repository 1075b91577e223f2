--[[
Takes, renews or gives back a lease. The fencing number rises with every new holder; a Redis that lost its last writes gives one
out twice, so a holder's mark has a random part too.

KEYS  1 lease  2 fence
ARGV  1 'take', 'renew', 'keep' (to renew it also where it ran out) or 'release'
      2 mark of the holder, or the random part of a new one  3 lifetime, ms
Answers the holder's mark after a success; nil else.
]]
local holder = redis.call('GET', KEYS[1])
if ARGV[1] == 'take' then
  if holder then
    -- The lease of a dead holder would outlive a clock that is set back by as much.
    if redis.call('PTTL', KEYS[1]) > tonumber(ARGV[3]) then redis.call('PEXPIRE', KEYS[1], ARGV[3]) end
    return nil
  end
  local mark = redis.call('INCR', KEYS[2]) .. '.' .. ARGV[2]
  redis.call('SET', KEYS[1], mark, 'PX', ARGV[3])
  return mark
end
if ARGV[1] == 'keep' and not holder then
  redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
  return ARGV[2]
end
if holder ~= ARGV[2] then return nil end
if ARGV[1] == 'release' then redis.call('DEL', KEYS[1]) else redis.call('PEXPIRE', KEYS[1], ARGV[3]) end
return holder
