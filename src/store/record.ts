/**
 * The record of a chat as bytes: a fixed head, then what differs from the default settings as JSON, then padding to one
 * of a few sizes, so that a dump's sizes tell readers apart no more than its bytes do. A sealed record of the
 * smallest size fills the place that its slot has (`RECORD_BYTES`).
 */
import { bounded, remembered } from '../bounded.ts';
import { PozirkError } from '../errors.ts';
import { type Edition, EDITIONS } from '../news/edition.ts';
import { DEFAULT_SETTINGS, OWN_NAMES, SETTING_NAMES, type Settings, shortName } from '../news/settings.ts';
import { CHAT_KINDS, type Subscriber, type SubscriberState } from '../news/subscriber.ts';

const STATES: readonly SubscriberState[] = ['idle', 'active', 'paused', 'left'];
const NOTES: readonly Subscriber['note'][] = [undefined, 'rights', 'topic', 'missed'];

const HEAD = 15;
/** Few settings, usual ones, whatever is allowed: more steps would tell how many words somebody follows. */
const SIZES = [36, 484, 4068] as const;
const PAD = 0x20;
const MOST_SETTINGS = 1000;
/** Settings as they were read lately, the same object for all who have the same; none with words of somebody's own. */
const common = bounded<string, Settings>(MOST_SETTINGS);
const HAS_WORDS = new RegExp(`"(?:${OWN_NAMES.map(shortName).join('|')})":`);

/** Content of a record; `day` (days since the epoch) is when an idle or left chat's 30 days began, else 0. */
export type ChatRecord = Omit<Subscriber, 'slot'> & { readonly day: number };

export function encodeRecord(record: ChatRecord): Buffer {
  const json = Buffer.from(encodeSettings(record.settings));
  const size = SIZES.find((bytes) => bytes >= HEAD + json.length);
  if (size === undefined) throw new PozirkError('store.corrupt', 'settings too large for a record');
  const bytes = Buffer.alloc(size, PAD);
  bytes.writeUInt8(
    CHAT_KINDS.indexOf(record.chat.kind) |
      (STATES.indexOf(record.state) << 2) |
      (EDITIONS.indexOf(record.settings.edition) << 4) |
      (NOTES.indexOf(record.note) << 6),
    0,
  );
  bytes.writeBigInt64BE(BigInt(record.chat.id), 1);
  // A person has no thread and a place no code: neither costs room, so that no size tells who has one.
  bytes.writeUInt32BE(record.chat.thread ?? record.code ?? 0, 9);
  bytes.writeUInt16BE(record.day, 13);
  json.copy(bytes, HEAD);
  return bytes;
}

export const decodeRecord = (bytes: Buffer): ChatRecord => ({
  ...decodeSubscriber(bytes),
  day: bytes.readUInt16BE(13),
});

/** A record without what only its end needs. */
export function decodeSubscriber(bytes: Buffer): Omit<Subscriber, 'slot'> {
  const flags = bytes.readUInt8(0);
  const kind = CHAT_KINDS[flags & 3];
  const state = STATES[(flags >> 2) & 3];
  const edition = EDITIONS[(flags >> 4) & 3];
  if (!kind || !state || !edition) throw new PozirkError('store.corrupt', 'a record of an unknown form');
  const note = NOTES[flags >> 6];
  const number = bytes.readUInt32BE(9);
  const [thread, code] = kind === 'person' ? [0, number] : [number, 0];
  const id = Number(bytes.readBigInt64BE(1));
  const json = bytes.toString('utf8', HEAD).trimEnd();
  return {
    chat: thread ? { id, thread, kind } : { id, kind },
    state,
    settings: settingsIn(json, edition),
    ...(note && { note }),
    ...(code && { code }),
  };
}

/** Settings made by hand in a chat; each setting under the short name of its row. */
function encodeSettings(settings: Settings): string {
  const usual: Partial<Settings> = DEFAULT_SETTINGS;
  const changed = SETTING_NAMES.filter(
    (name) => settings[name] !== undefined && JSON.stringify(settings[name]) !== JSON.stringify(usual[name]),
  );
  if (changed.length === 0) return '';
  return JSON.stringify(Object.fromEntries(changed.map((name) => [shortName(name), settings[name]])));
}

const settingsIn = (json: string, edition: Edition): Settings =>
  HAS_WORDS.test(json)
    ? decodeSettings(json, edition)
    : remembered(common, `${edition}${json}`, () => decodeSettings(json, edition));

function decodeSettings(json: string, edition: Edition): Settings {
  const stored: Record<string, unknown> = json === '' ? {} : JSON.parse(json);
  const names = SETTING_NAMES.filter((name) => shortName(name) in stored);
  const changed = Object.fromEntries(names.map((name) => [name, stored[shortName(name)]]));
  return Object.freeze({ ...DEFAULT_SETTINGS, ...changed, edition });
}
