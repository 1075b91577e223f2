#!/bin/sh
# Everything that `npm test` checks before its tests. Called by run.sh, which has put the tools on the PATH.
set -eu
biome format .
oxlint --type-aware --deny-warnings src sandbox testing tests bench scripts
tsc
knip
knip --production --include files,exports,types
