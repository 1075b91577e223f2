/** A process that delivers until it is killed: `courier.ts <redis url> <telegram url> <token> <rate>`. */
import { openWorld } from './world.ts';

const [redisUrl = '', url = '', token = '', rate = '25'] = process.argv.slice(2);
const world = await openWorld({
  url,
  token,
  rate: Number(rate),
  redis: { url: redisUrl, folder: '', stop: async () => undefined },
});
process.stdout.write('begun\n');
await world.begin();
