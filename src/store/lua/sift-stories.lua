--[[
Which of some stories may match a search: all of its words, each in one of its beginnings, stand in their terms.

KEYS  1.. stories
ARGV  1.. for each word: how many beginnings it has, then those, each with the space before it
Answers {rank, terms, rank, terms, ...}: ranks among KEYS, from 1, with the terms of each.
]]
local found = {}
for rank, key in ipairs(KEYS) do
  local terms = redis.call('HGET', key, 'terms') or ''
  local at, fits = 1, terms ~= ''
  while fits and at <= #ARGV do
    local count = tonumber(ARGV[at])
    fits = false
    for i = at + 1, at + count do
      if string.find(terms, ARGV[i], 1, true) then
        fits = true
        break
      end
    end
    at = at + count + 1
  end
  if fits then
    found[#found + 1] = rank
    found[#found + 1] = terms
  end
end
return found
