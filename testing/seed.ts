/** Code that has not changed meets the same random cases at each run of the tests; `SEED=1 npm test` brings others. */
import fc from 'fast-check';

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env['SEED'] ?? 1) });
