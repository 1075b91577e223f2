/**
 * What `scripts/run.sh` must know before the bot runs, one line each, as the bot itself reads the environment and `.env`:
 * `elsewhere` where `REDIS_URL` names a Redis and `own` where the bot starts one; `DATA_DIR`; `DATA_KEY_FILE` or nothing;
 * `NEWSROOM` or nothing.
 */
import { readEnvironment } from '../config/environment.ts';
import { SETTINGS } from '../config/settings.ts';

const { env } = readEnvironment({ ...process.env }, process.cwd(), Object.keys(SETTINGS));
const valueOf = (name: 'REDIS_URL' | 'DATA_DIR' | 'DATA_KEY_FILE' | 'NEWSROOM'): string =>
  env[name]?.trim() ?? '';
const facts = [
  valueOf('REDIS_URL') ? 'elsewhere' : 'own',
  valueOf('DATA_DIR') || SETTINGS.DATA_DIR.default,
  valueOf('DATA_KEY_FILE'),
  valueOf('NEWSROOM'),
];
process.stdout.write(`${facts.join('\n')}\n`);
