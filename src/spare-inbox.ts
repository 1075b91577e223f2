/**
 * Room on the disk for some updates that are not handled yet while the Redis of this process takes nothing. Most often the disk is
 * full then, so the room is taken up before.
 */
import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const PLACES = 512;
/** Bytes of a place: a length and what is sealed, at most `SPARE_BYTES`. */
const PLACE_BYTES = 2048;
const LENGTH_BYTES = 2;
export const SPARE_BYTES = PLACE_BYTES - LENGTH_BYTES;

export interface SpareInbox {
  /** Writes a sealed update down. Its place; undefined: there is no room, or the disk does not take it. */
  put(sealed: Buffer): number | undefined;
  drop(place: number): void;
  /** Records that are not dropped, by their places. */
  left(): ReadonlyMap<number, Buffer>;
  close(): void;
}

/** Where the operator's Redis is used: who has its lease may be on another machine, and would not find what lies here. */
export const noSpareInbox: SpareInbox = {
  put: () => undefined,
  drop: () => undefined,
  left: () => new Map(),
  close: () => undefined,
};

export const spareInboxPath = ({
  dataDir,
  botId,
}: {
  readonly dataDir: string;
  readonly botId: string;
}): string => join(dataDir, `inbox-${botId}`);

/** The spare inbox in the file at `path`, which only this process uses; none where there can be no such file. */
export function openSpareInbox(path: string): SpareInbox {
  const opened = openWhole(path);
  if (!opened) return noSpareInbox;
  const { file, places } = opened;
  const used = new Set(readPlaces(file, places).keys());
  const write = (place: number, record: Buffer): boolean => {
    try {
      const whole = Buffer.concat([record, Buffer.alloc(PLACE_BYTES - record.length)]);
      return writeSync(file, whole, 0, PLACE_BYTES, place * PLACE_BYTES) === PLACE_BYTES;
    } catch {
      return false;
    }
  };
  return {
    put(sealed) {
      const place = Array.from({ length: places }, (_, one) => one).find((one) => !used.has(one));
      if (place === undefined || sealed.length > SPARE_BYTES) return undefined;
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt16BE(sealed.length);
      if (!write(place, Buffer.concat([length, sealed]))) return undefined;
      used.add(place);
      return place;
    },
    drop(place) {
      // A place that cannot be cleared is not used again.
      if (write(place, Buffer.alloc(0))) used.delete(place);
    },
    left: () => readPlaces(file, places),
    close: () => closeSync(file),
  };
}

/** The file with as many places as the disk has room for; undefined: it cannot be opened. */
function openWhole(path: string): { readonly file: number; readonly places: number } | undefined {
  try {
    const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    fillUp(file);
    return { file, places: Math.min(PLACES, Math.floor(fstatSync(file).size / PLACE_BYTES)) };
  } catch {
    return undefined;
  }
}

function fillUp(file: number): void {
  const { size } = fstatSync(file);
  // Zeros that are written take up the disk, a hole would not.
  const missing = Buffer.alloc(Math.max(0, PLACES * PLACE_BYTES - size));
  try {
    if (missing.length > 0) writeSync(file, missing, 0, missing.length, size);
  } catch {
    // Full: what lies in the places that there are is to be found all the same.
  }
}

function readPlaces(file: number, places: number): ReadonlyMap<number, Buffer> {
  const all = Buffer.alloc(places * PLACE_BYTES);
  readSync(file, all, 0, all.length, 0);
  const found = new Map<number, Buffer>();
  for (let place = 0; place < places; place += 1) {
    const record = all.subarray(place * PLACE_BYTES, (place + 1) * PLACE_BYTES);
    const length = record.readUInt16BE();
    if (length > 0) found.set(place, record.subarray(LENGTH_BYTES, LENGTH_BYTES + length));
  }
  return found;
}
