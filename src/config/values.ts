/** How one setting is written in the environment and what it may be. */
import { inspect } from 'node:util';
import type { Newsroom } from '../newsroom/newsroom.ts';
import { type Flaw, readNewsroom } from '../newsroom/check.ts';
import { parseRedisAddress } from '../redis-address.ts';
import { isSchedule } from '../time.ts';

/** Something that never shows itself: not in a string, not in JSON, not in `inspect`, not in an error. */
export class Secret<T = string> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** The value itself, for the one place that hands it on. */
  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}

/** A setting that cannot be used: what is wrong with it and what would be right. */
export class Wrong {
  readonly wrong: string;
  readonly right: string;
  /** Further mistakes of a setting that has many parts. */
  readonly further: readonly Flaw[];

  constructor(wrong: string, right: string, further: readonly Flaw[] = []) {
    this.wrong = wrong;
    this.right = right;
    this.further = further;
  }
}

/** Reads the text of a setting, which is never empty. */
export type ValueReader<T> = (text: string) => T | Wrong;

/** A value as a mistake may show it. */
const shown = (text: string): string => `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;

const not = (text: string, what: string, right: string): Wrong =>
  new Wrong(`${shown(text)} is not ${what}`, right);

/** A number from `least` to `most`; `whole`: without a fraction. */
export const number =
  (least: number, most: number, unit: string, whole = true): ValueReader<number> =>
  (text) => {
    const value = Number(text);
    const fits =
      /^\d+(\.\d+)?$/.test(text) && value >= least && value <= most && (!whole || Number.isInteger(value));
    return fits
      ? value
      : not(text, whole ? 'a whole number in range' : 'a number in range', `${least} to ${most} ${unit}`);
  };

export const choice =
  <T extends string>(...choices: readonly T[]): ValueReader<T> =>
  (text) =>
    choices.find((one) => one === text) ?? not(text, 'one of the choices', choices.join(', '));

/** An absolute address with one of `schemes`, without its trailing slash. */
export const address =
  (right: string, ...schemes: readonly string[]): ValueReader<string> =>
  (text) => {
    const url = URL.parse(text);
    const fits = url !== null && schemes.includes(url.protocol.slice(0, -1)) && url.hostname !== '';
    return fits ? text.replace(/\/+$/, '') : not(text, `an address of ${schemes.join(', ')}`, right);
  };

/** An address outside that is told something; whoever knows it may speak or listen there. */
export const outsideAddress: ValueReader<Secret> = (text) =>
  /^https?:$/.test(URL.parse(text)?.protocol ?? '')
    ? new Secret(text)
    : new Wrong('not an address of https, http', 'https://ntfy.example.org/a-long-random-name');

/** A proxy's address, which may hold a password. */
export const proxy: ValueReader<Secret> = (text) => {
  const url = URL.parse(text);
  const fits = url !== null && /^(https?|socks5h?):$/.test(url.protocol) && url.hostname !== '';
  return fits
    ? new Secret(text)
    : new Wrong('not the address of a proxy', 'http://host:port or socks5://user:password@host:port');
};

const holdsAccount = (address: string): boolean => {
  const url = URL.parse(address);
  return url !== null && (url.username !== '' || url.password !== '');
};

/** Addresses of one edition separated by spaces; `off`: none. */
export const sources: ValueReader<readonly string[]> = (text) => {
  if (text.toLowerCase() === 'off') return [];
  const list = [...new Set(text.split(/\s+/))];
  // Shown without the address: it may hold a password.
  if (list.some(holdsAccount))
    return new Wrong('an address with user and password cannot be read', 'https://example.org/feed.xml');
  const bad = list.find((one) => !/^https?:$/.test(URL.parse(one)?.protocol ?? ''));
  return bad === undefined
    ? list
    : not(bad, 'an http(s) address', 'https://example.org/feed.xml, several separated by spaces, or off');
};

export const schedule: ValueReader<string> = (text) =>
  isSchedule(text)
    ? text
    : not(text, 'a schedule', '*/30 * * * * * (every 30 s) or */5 * * * * (every 5 minutes)');

/** Seconds in rising order separated by commas; `off`: none. */
export const seconds: ValueReader<readonly number[]> = (text) => {
  if (text.toLowerCase() === 'off') return [];
  const list = text.split(',').map((part) => (/^\s*\d{1,7}\s*$/.test(part) ? Number(part) : Number.NaN));
  const rises = list.every((value, index) => value > (index === 0 ? 0 : (list[index - 1] ?? 0)));
  return rises ? list : not(text, 'a rising list of seconds', '300,900,3600 or off');
};

/** Hours from 1 to 47, as `47h` or `47`; `off`: 0. */
export const keepHours: ValueReader<number> = (text) => {
  if (text.toLowerCase() === 'off') return 0;
  const hours = Number(/^(\d{1,2})h?$/i.exec(text)?.[1]);
  return hours >= 1 && hours <= 47 ? hours : not(text, 'from 1 to 47 hours', '47h, or off');
};

/** Words or phrases separated by commas. */
export const phrases: ValueReader<readonly string[]> = (text) =>
  text
    .split(',')
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '');

/** A host name without scheme and path, with a port where it needs one. */
export const host: ValueReader<string> = (text) => {
  const url = URL.parse(`https://${text}`);
  const fits = url?.host === text.toLowerCase() && /^[\w.-]+(:\d+)?$/.test(text) && !text.startsWith('.');
  return fits ? url.host : not(text, 'a host name', 'mirror.example.org');
};

/** Host names separated by commas or blanks; `*.` and `.` before one are left out, for each means what is below it too. */
export const hosts: ValueReader<readonly string[]> = (text) => {
  const list = text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((one) => one.replace(/^\*?\./, ''));
  const bad = list.find((one) => host(one) instanceof Wrong);
  return bad === undefined
    ? list
    : not(bad, 'a host name', 'mirror.example.org, several separated by commas');
};

/** Where a server listens: an IP address or a host name. */
export const listenHost: ValueReader<string> = (text) =>
  /^[A-Za-z0-9.:-]{1,253}$/.test(text)
    ? text
    : not(text, 'an address to listen on', '127.0.0.1, 0.0.0.0 or ::1');

/** Chat ids separated by commas or spaces. A mistake does not repeat them: they tell who the operators are. */
export const chatIds: ValueReader<readonly number[]> = (text) => {
  const list = text.split(/[\s,]+/).filter((part) => part !== '');
  const fits = list.every((part) => /^-?[1-9]\d{0,15}$/.test(part));
  return fits
    ? [...new Set(list.map(Number))]
    : new Wrong(
        'contains something that is not a chat id',
        'numbers separated by commas; a @name does not work',
      );
};

/** The number of a bot, which its token begins with. */
export const botNumber: ValueReader<string> = (text) =>
  /^\d{5,16}$/.test(text)
    ? text
    : new Wrong('is not the number of a bot', 'the digits before the colon of its token');

export const token: ValueReader<Secret> = (text) =>
  /^\d{5,}:[A-Za-z0-9_-]{30,}$/.test(text)
    ? new Secret(text)
    : new Wrong(
        'does not look like a token',
        'the line that @BotFather gave: digits, a colon, at least 30 letters and digits',
      );

export const webhookSecret: ValueReader<Secret> = (text) =>
  /^[A-Za-z0-9_-]{1,256}$/.test(text)
    ? new Secret(text)
    : new Wrong('cannot be a secret', '1 to 256 of A-Z a-z 0-9 _ -');

/** Long enough that nobody guesses it. */
export const hookSecret: ValueReader<Secret> = (text) =>
  /^[A-Za-z0-9_-]{16,256}$/.test(text)
    ? new Secret(text)
    : new Wrong('cannot be a secret', '16 to 256 of A-Z a-z 0-9 _ -, as `openssl rand -hex 32` prints it');

/** 32 bytes in base64 (or base64url). */
export const dataKey: ValueReader<Secret<Buffer>> = (text) => {
  const right = '32 bytes in base64, as `openssl rand -base64 32` prints them';
  const trimmed = text.trim();
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(trimmed)) return new Wrong('is not base64', right);
  const key = Buffer.from(trimmed, 'base64');
  return key.length === 32 ? new Secret(key) : new Wrong(`has ${key.length} bytes, not 32`, right);
};

/** Where Redis is. Beyond this machine it must carry a password, or everybody there can read and change the store. */
export const redisUrl: ValueReader<Secret> = (text) => {
  const right =
    'redis://user:password@host:6379 (rediss:// for TLS), unix:/path/of/socket, redis-sentinel://user:password@host:26379,host:26379#master or redis-cluster://user:password@host:6379,host:6379';
  const address = parseRedisAddress(text);
  if (!address) return new Wrong('not a Redis address', right);
  const isOpen = address.kind !== 'socket' && !address.nodes.every(({ host }) => isLoopback(host));
  if (isOpen && !address.password) return new Wrong('a Redis beyond this machine without a password', right);
  return new Secret(text);
};

/** Whether a host name can only mean this machine. */
export const isLoopback = (hostname: string): boolean =>
  /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(hostname);

/** A file that describes a newsroom. */
export const newsroomFile: ValueReader<Newsroom> = (text) => {
  const read = readNewsroom(text);
  if ('names' in read) return read;
  const [first, ...further] = read.map(({ wrong, right }) => ({ wrong: `${shown(text)}: ${wrong}`, right }));
  return new Wrong(first?.wrong ?? '', first?.right ?? '', further);
};

/** Text as it stands. */
export const text: ValueReader<string> = (value) => value;
