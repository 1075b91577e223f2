--[[
Appends an operator's announcement to the log of an edition.

KEYS  1 log
ARGV  1 text  2 now, ms  3 entries kept in the log
Answers the entry's number.
]]
local info = redis.call('EXISTS', KEYS[1]) == 1 and redis.call('XINFO', 'STREAM', KEYS[1]) or {}
local last = '0-0'
for i = 1, #info, 2 do if info[i] == 'last-generated-id' then last = info[i + 1] end end
local seq = tonumber(string.match(last, '^%d+')) + 1
redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[3], string.format('%.0f-0', seq),
  'kind', 'announcement', 'story', '', 'urgent', '0', 'at', ARGV[2], 'text', ARGV[1])
return seq
