/**
 * Facts that `scripts/run.sh` must know before the bot runs, one line each, as the bot itself reads the environment and `.env`:
 * `elsewhere` where a Redis is named, `own` where the bot starts one, `sealed` where only a passphrase tells; `DATA_DIR`; then
 * each file outside the project that the settings have the bot read.
 */
import { readEnvironment } from '../config/environment.ts';
import { ENV_SETTINGS, type EnvName } from '../config/settings.ts';

const names = Object.keys(ENV_SETTINGS) as EnvName[];
const { env } = readEnvironment({ ...process.env }, process.cwd(), names);
const valueOf = (name: EnvName): string => env[name]?.trim() ?? '';
const namesFile = (name: EnvName): boolean => name.endsWith('_FILE') || name === 'NEWSROOM';
const isElsewhere = valueOf('REDIS_URL') || valueOf('REDIS_URL_FILE');
const facts = [
  isElsewhere ? 'elsewhere' : valueOf('SECRETS_FILE') ? 'sealed' : 'own',
  valueOf('DATA_DIR') || ENV_SETTINGS.DATA_DIR.default,
  ...names.filter(namesFile).map(valueOf).filter(Boolean),
];
process.stdout.write(`${facts.join('\n')}\n`);
