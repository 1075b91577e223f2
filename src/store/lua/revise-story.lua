--[[
Replaces a story by its newer form and, where chats may show the older one, says when to edit it in: at once, or when the
hour after its last edit is over. A withdrawal never waits and leaves the lists. A return never waits either: until its edit
chats say that the story is withdrawn. It gets a further entry, too: whoever was visited in between has not seen it.

KEYS  1 story  2 newest  3 amended  4 edited  5 day  6 headline  7 log
ARGV  1 id  2 json  3 terms  4 origin  5 rank in newest ('' leaves it, 'keep' stays)  6 now, ms
      7 'correction', 'withdrawal', 'return' or '' (nothing to edit)  8 lifetime of day and headline, s
      9 json as it was read; '' replaces whatever is there  10.. the further entry, as `append` has it; absent: none
Answers {due, seq}. `due`: when the edit is due, ms; 0 where there is none or the story is gone; -1 where somebody else has
written it since it was read: then nothing changes. `seq`: the entry's number or as `append` has it; where that is below 0
nothing changes either.
]]
local before = redis.call('HGET', KEYS[1], 'json')
if not before then return {0, 0} end
if ARGV[9] ~= '' and ARGV[9] ~= before then return {-1, 0} end
local seq = 0
if ARGV[10] then
  seq = append(KEYS[7], 10)
  if seq < 0 then return {0, seq} end
  redis.call('HSET', KEYS[1], 'seq', seq)
end
-- What chats may have been shown, a line each: only where the shown text changes is there anything to edit.
if ARGV[7] ~= '' then
  local lines = {}
  for line in string.gmatch(redis.call('HGET', KEYS[1], 'before') or '', '[^\n]+') do lines[#lines + 1] = line end
  lines[#lines + 1] = before
  redis.call('HSET', KEYS[1], 'before', table.concat(lines, '\n', math.max(1, #lines - 19)))
end
redis.call('HSET', KEYS[1], 'json', ARGV[2], 'terms', ARGV[3], 'origin', ARGV[4])
if ARGV[5] == '' then
  redis.call('ZREM', KEYS[2], ARGV[1])
elseif ARGV[5] ~= 'keep' then
  redis.call('ZADD', KEYS[2], ARGV[5], ARGV[1])
end
for i = 5, 6 do
  redis.call('SADD', KEYS[i], ARGV[1])
  redis.call('EXPIRE', KEYS[i], ARGV[8])
end
if ARGV[7] == '' then return {0, seq} end
-- What was never in the log is in no chat but by /latest, and those answers are not edited.
if redis.call('HGET', KEYS[1], 'seq') == '0' then return {0, seq} end
-- Each bot on this Redis takes the amendment for itself and leaves it there; a later one has a later moment.
local now, set = tonumber(ARGV[6]), tonumber(redis.call('ZSCORE', KEYS[3], ARGV[1]) or 0)
if ARGV[7] == 'correction' and set > now then return {set, seq} end
local due = ARGV[7] == 'correction' and now + math.max(redis.call('PTTL', KEYS[4]), 0) or now
if set <= now then due = math.max(due, set + 1) end
redis.call('ZADD', KEYS[3], due, ARGV[1])
return {due, seq}
