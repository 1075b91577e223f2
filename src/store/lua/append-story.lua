--[[
Stores a story, marks its links as seen and, where it is to be pushed, appends its entry to the log: all or nothing.
Where its own alias is known already, nothing happens and the story that it belongs to is named, unless this story takes
it over. Further aliases that others have stay theirs.

KEYS  1 story  2 newest  3 log  4 day  5 headline  6 recheck  7 its own alias  8.. its other links and guids
ARGV  1 id  2 json  3 terms  4 origin  5 rank in newest  6 now, ms  7 lifetime, s  8 first recheck, ms ('' none)
      9 entries older than this (ms) go  10 the story whose own alias it takes over ('' none)
      11.. the entry, as `append` has it; absent: it is not pushed
Answers {id, seq}: another id where its own alias was known; seq 0 where nothing was appended, below 0 as `append` has it.
]]
local known = redis.call('GET', KEYS[7])
if known and known ~= ARGV[10] then return {known, 0} end
local seq = 0
if ARGV[11] then
  seq = append(KEYS[3], 11)
  if seq < 0 then return {ARGV[1], seq} end
end
local lifetime = ARGV[7]
redis.call('SET', KEYS[7], ARGV[1], 'EX', lifetime)
for i = 8, #KEYS do redis.call('SET', KEYS[i], ARGV[1], 'EX', lifetime, 'NX') end
if seq > 0 then
  local oldest = redis.call('XRANGE', KEYS[3], '-', '+', 'COUNT', 10)
  for _, entry in ipairs(oldest) do
    for i = 1, #entry[2], 2 do
      if entry[2][i] == 'at' and tonumber(entry[2][i + 1]) < tonumber(ARGV[9]) then redis.call('XDEL', KEYS[3], entry[1]) end
    end
  end
end
redis.call('HSET', KEYS[1], 'json', ARGV[2], 'terms', ARGV[3], 'origin', ARGV[4], 'seq', string.format('%.0f', seq))
redis.call('EXPIRE', KEYS[1], lifetime)
redis.call('ZADD', KEYS[2], ARGV[5], ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', tonumber(ARGV[6]) - tonumber(lifetime) * 1000)
for i = 4, 5 do
  redis.call('SADD', KEYS[i], ARGV[1])
  redis.call('EXPIRE', KEYS[i], lifetime)
end
if ARGV[8] ~= '' then redis.call('ZADD', KEYS[6], ARGV[8], ARGV[1]) end
return {ARGV[1], seq}
