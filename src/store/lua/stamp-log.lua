--[[
Gives entries of a log other stamps. An entry cannot be changed where it stands, so the log is written anew, with the numbers
that it has; what was appended meanwhile stays as it is.

KEYS  1 log
ARGV  1 id of an entry  2 its stamp  3.. the same of others
Answers nothing.
]]
local stamps = {}
for i = 1, #ARGV, 2 do stamps[ARGV[i]] = ARGV[i + 1] end
local last = string.format('%.0f-0', nextSeq(KEYS[1]) - 1)
local entries = redis.call('XRANGE', KEYS[1], '-', '+')
redis.call('DEL', KEYS[1])
for _, entry in ipairs(entries) do
  local id, fields = entry[1], entry[2]
  if stamps[id] then
    if fields[#fields - 1] ~= 'stamp' then fields[#fields + 1] = 'stamp' else fields[#fields] = nil end
    fields[#fields + 1] = stamps[id]
  end
  redis.call('XADD', KEYS[1], id, unpack(fields))
end
-- What is appended next must follow the last entry although it was deleted.
if #entries > 0 and entries[#entries][1] ~= last then
  redis.call('XADD', KEYS[1], last, 'kind', 'none')
  redis.call('XDEL', KEYS[1], last)
end
