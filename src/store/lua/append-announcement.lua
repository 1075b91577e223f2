--[[
Appends an operator's announcement to the log of an edition.

KEYS  1 log
ARGV  1 text  2 now, ms  3 entries kept in the log
Answers the entry's number.
]]
local seq = nextSeq(KEYS[1])
redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[3], string.format('%.0f-0', seq),
  'kind', 'announcement', 'story', '', 'urgent', '0', 'at', ARGV[2], 'text', ARGV[1])
return seq
