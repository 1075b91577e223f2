--[[
Notes what is to be done at a moment, or puts off what was noted.

A Redis that is full refuses a script at the first step that takes room, but not once it has changed something: it could not be
left half done. So a step that takes none comes first here and in whatever else `/forget` needs: nobody stays known because
there is no room to forget them.

KEYS  1 moments  2 values
ARGV  1 id  2 due, ms  3 value; absent: as it was, and nothing where it was done or dropped meanwhile
]]
local before = redis.call('ZREM', KEYS[1], ARGV[1])
if ARGV[3] then
  redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
elseif before == 0 then
  return
end
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
