--[[
Leaves the proof of a key where there is none yet.

KEYS  1 proof
ARGV  1 proof of the key that seals
Answers the proofs of the keys that are needed, the newest first, with a space between them.
]]
redis.call('SET', KEYS[1], ARGV[1], 'NX')
return redis.call('GET', KEYS[1])
