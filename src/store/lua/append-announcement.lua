--[[
Appends an operator's announcement to the log of an edition, once for its id.

KEYS  1 log  2 mark that it was sent
ARGV  1 text  2 now, ms  3 entries kept in the log  4 seconds for which the mark is kept
Answers the entry's number; 0 where it was sent before.
]]
if not redis.call('SET', KEYS[2], '1', 'NX', 'EX', ARGV[4]) then return 0 end
local seq = nextSeq(KEYS[1])
redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[3], string.format('%.0f-0', seq),
  'kind', 'announcement', 'story', '', 'urgent', '0', 'at', ARGV[2], 'text', ARGV[1])
return seq
