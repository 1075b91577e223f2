import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { licencesPage, lockedPackages } from '../scripts/licences.ts';

const FREE =
  /^\(?(MIT|MIT-0|ISC|BSD-[23]-Clause|0BSD|Apache-2\.0|CC0-1\.0|BlueOak-1\.0\.0|Unlicense|MPL-2\.0)( (OR|AND) .*)?\)?$/;

/** Its licence is its own, free as well (the fonts of Bitstream Vera, and changes in the public domain). */
const READ_BY_HAND = ['dejavu-fonts-ttf'];

describe('the packages that the bot is installed with', () => {
  it('are all listed with their licences', () => {
    expect(readFileSync(new URL('../docs/licences.md', import.meta.url), 'utf8')).toBe(licencesPage());
  });

  it('have licences that let everybody use the bot', () => {
    const others = lockedPackages(false).filter(([, { license = '' }]) => !FREE.test(license));
    expect(others.map(([name]) => name)).toEqual(READ_BY_HAND);
  });

  it('run nothing when they are installed', () => {
    expect(lockedPackages(false).filter(([, { hasInstallScript }]) => hasInstallScript)).toEqual([]);
  });
});
