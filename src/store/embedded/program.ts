/** Which Redis this machine has. */
import { spawnSync } from 'node:child_process';
import { PozirkError } from '../../errors.ts';
import { SECOND } from '../../time.ts';
import { isTooOld } from '../server.ts';

/** Some systems have Valkey in the place of Redis, with the same programs under its own name. */
const FAMILIES = ['redis', 'valkey'] as const;
/** Begins the name of each program: `…-server`, `…-check-aof`. */
export type Family = (typeof FAMILIES)[number];

/** The first one that is new enough; Debian 11 and Ubuntu 22.04 come with Redis 6.0. Throws `store.no_server`, `store.refused`. */
export function installedFamily(): Family {
  const found = FAMILIES.map((family) => ({ family, version: versionOf(family) }));
  const there = found.filter(({ version }) => version !== undefined);
  const fit = there.find(({ version = '' }) => version === '' || !isTooOld(version));
  if (fit) return fit.family;
  if (there[0])
    throw new PozirkError(
      'store.refused',
      `${there[0].family}-server ${there[0].version} is too old, the bot needs 6.2 or newer: docs/operations.md has the line that replaces it on Debian 11 and Ubuntu 22.04; or set REDIS_URL`,
    );
  throw new PozirkError(
    'store.no_server',
    'neither redis-server nor valkey-server is on the PATH; install one (Debian: apt-get install redis-server) or set REDIS_URL',
  );
}

/** Undefined: it is not there; empty: it does not say. */
function versionOf(family: Family): string | undefined {
  const { error, stdout } = spawnSync(`${family}-server`, ['--version'], {
    encoding: 'utf8',
    timeout: 5 * SECOND,
  });
  if (error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EACCES')) return undefined;
  return /\bv=(\d+\.\d+\.\d+)/.exec(stdout ?? '')?.[1] ?? '';
}
