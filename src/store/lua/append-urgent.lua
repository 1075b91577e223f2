--[[
Makes a story urgent after the fact: an entry of its own lets it go ahead of the rest.

KEYS  1 story  2 log
ARGV  1 json as it was read  2 json to store  3 id  4 now, ms  5 entries the log keeps
Answers the entry's number; 0 where the story has changed meanwhile.
]]
if redis.call('HGET', KEYS[1], 'json') ~= ARGV[1] then return 0 end
local seq = nextSeq(KEYS[2])
redis.call('HSET', KEYS[1], 'json', ARGV[2], 'seq', seq)
redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[5], string.format('%.0f-0', seq),
  'kind', 'story', 'story', ARGV[3], 'urgent', '1', 'at', ARGV[4])
return seq
