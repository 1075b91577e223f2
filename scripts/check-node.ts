/**
 * Compares the Node.js that the lock file pins, which a third party packs, with what nodejs.org publishes: fetches the
 * official archive, checks it against its SHASUMS256.txt and compares `bin/node` byte for byte by hash. Ends with 1 where
 * they differ. Needs the network and `tar`; run before each release.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DIST = 'https://nodejs.org/dist';
/** An archive has some 50 MB. */
const FETCH_MS = 300_000;

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

async function fetched(address: string): Promise<Buffer> {
  const response = await fetch(address, { signal: AbortSignal.timeout(FETCH_MS) });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

/** The SHA-256 of what nodejs.org publishes as `bin/node` of this version and machine. */
async function officialHash(version: string, machine: string): Promise<string> {
  const name = `node-v${version}-linux-${machine}`;
  const sums = (await fetched(`${DIST}/v${version}/SHASUMS256.txt`)).toString();
  const told = sums
    .split('\n')
    .find((row) => row.endsWith(`  ${name}.tar.gz`))
    ?.split(' ')[0];
  const archive = await fetched(`${DIST}/v${version}/${name}.tar.gz`);
  if (told !== hashOf(archive)) throw new Error(`${name}.tar.gz is not what SHASUMS256.txt says`);
  const folder = mkdtempSync(join(tmpdir(), 'node-'));
  try {
    writeFileSync(join(folder, 'node.tar.gz'), archive);
    execFileSync('tar', ['-xzf', 'node.tar.gz', `${name}/bin/node`], { cwd: folder });
    return hashOf(readFileSync(join(folder, name, 'bin/node')));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const machine = process.arch;
const packed = new URL(`../node_modules/node-linux-${machine}/`, import.meta.url);
const { version } = JSON.parse(readFileSync(new URL('package.json', packed), 'utf8')) as { version: string };
const own = hashOf(readFileSync(new URL('bin/node', packed)));
const official = await officialHash(version, machine);
const verdict = own === official ? 'the same' : 'NOT the same';
process.stdout.write(`Node.js ${version} (${machine}): pinned ${own}, official ${official}: ${verdict}\n`);
process.exitCode = own === official ? 0 : 1;
