#!/bin/sh
# Every check, then every test; the last line counts both. With arguments: only the tests that they name.
# Called by run.sh, which has put the tools on the PATH.
set -u

passed=0
failed=0
check() {
  title=$1
  shift
  if "$@"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf '✗ %s\n' "$title" >&2
  fi
}

if [ $# -eq 0 ]; then
  check 'formatting: npm run format mends it' biome format --log-level=warn .
  check 'lint' oxlint --type-aware --deny-warnings src sandbox testing tests bench scripts
  check 'types' tsc
  check 'unused files, exports, packages' knip
  # Tests and benchmarks left out: what only they use is no part of the product.
  check 'files and exports that the bot itself does not use' knip --production --include files,exports,types
fi

CHECKS_PASSED=$passed CHECKS_FAILED=$failed vitest run "$@"
code=$?
[ "$failed" -eq 0 ] || exit 1
exit "$code"
