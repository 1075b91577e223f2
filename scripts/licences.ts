/** Writes docs/licences.md from the lock file: `npm run licences`. */
import { readFileSync, writeFileSync } from 'node:fs';

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

const LOCK = new URL('../package-lock.json', import.meta.url);
const PAGE = new URL('../docs/licences.md', import.meta.url);

/** Packages of the lock file by name; `dev`: those for development too. */
export function lockedPackages(dev: boolean): [string, Locked][] {
  const { packages } = JSON.parse(readFileSync(LOCK, 'utf8')) as { packages: Record<string, Locked> };
  return Object.entries(packages)
    .filter(([path, one]) => path !== '' && (dev || !one.dev))
    .map(([path, one]) => [path.split('node_modules/').at(-1) ?? path, one]);
}

/** The page as it should be. */
export function licencesPage(): string {
  const rows = lockedPackages(false)
    .map(([name, { version = '', license = 'not given' }]) => `| ${name} | ${version} | ${license} |`)
    .sort();
  return [
    '# Licences',
    '',
    'The bot itself: MIT. What it is installed with, from `package-lock.json` (`npm run licences` writes this page;',
    '`npm sbom --sbom-format cyclonedx` gives the same for machines):',
    '',
    '| package | version | licence |',
    '| --- | --- | --- |',
    ...new Set(rows),
    '',
  ].join('\n');
}

if (import.meta.main) writeFileSync(PAGE, licencesPage());
