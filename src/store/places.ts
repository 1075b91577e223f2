/** Which slots are channels', groups' and topics'. */
import { EDITIONS } from '../news/edition.ts';
import type { Store } from './redis.ts';

export async function placeSlots({ redis, keys }: Store): Promise<number[]> {
  const { places } = keys;
  const slots = await Promise.all(EDITIONS.map((edition) => redis.smembers(places(edition))));
  return slots.flat().map(Number);
}
