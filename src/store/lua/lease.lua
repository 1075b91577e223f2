--[[
Takes, renews or gives back a lease. The fencing number rises with every new holder.

KEYS  1 lease  2 fence
ARGV  1 'take', 'renew' or 'release'  2 holder or ''  3 lifetime, ms
Answers the holder's mark after a successful take or renew; nil else.
]]
local holder = redis.call('GET', KEYS[1])
if ARGV[1] == 'take' then
  if holder then
    -- The lease of a dead holder would outlive a clock that is set back by as much.
    if redis.call('PTTL', KEYS[1]) > tonumber(ARGV[3]) then redis.call('PEXPIRE', KEYS[1], ARGV[3]) end
    return nil
  end
  local mark = tostring(redis.call('INCR', KEYS[2]))
  redis.call('SET', KEYS[1], mark, 'PX', ARGV[3])
  return mark
end
if holder ~= ARGV[2] then return nil end
if ARGV[1] == 'renew' then redis.call('PEXPIRE', KEYS[1], ARGV[3]) else redis.call('DEL', KEYS[1]) end
return holder
