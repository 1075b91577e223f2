--[[
Writes a sign of life, by a script because the bot does everything by scripts: a Redis that takes none is as good as away.

KEYS  1 sign of life
ARGV  1 lifetime, ms
]]
redis.call('SET', KEYS[1], '1', 'PX', ARGV[1])
