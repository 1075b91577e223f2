/** robots.txt (RFC 9309): who may read what. */
import { SECOND } from '../../time.ts';

interface RobotsRule {
  readonly allow: boolean;
  /** As written: many sites are remembered, and most of their rules are never asked. */
  readonly pattern: string;
}

/** All that a robots.txt says to one agent. */
interface Group {
  readonly rules: RobotsRule[];
  delayMs: number;
}

const newGroup = (): Group => ({ rules: [], delayMs: 0 });

/** The rules of one robots.txt for us. */
export interface Robots {
  allows(path: string): boolean;
  /** Crawl-delay, which RFC 9309 does not know and many files have, ms; 0: none. */
  readonly delayMs: number;
}

export const ALLOW_ALL: Robots = { allows: () => true, delayMs: 0 };

/** Larger files are cut, as RFC 9309 lets a reader do. */
const MOST_BYTES = 500 * 1024;
const MOST_RULES = 2000;
/** Characters of the rules of one host that are remembered: many hosts are. */
const MOST_KEPT = 64 * 1024;
/** Lines that are looked at: half a megabyte of short ones would hold the readers up. */
const MOST_LINES = 20_000;

/** Reads the groups for `agent` (a product token, any case), or those for `*` where it has none. */
export function parseRobots(bytes: Uint8Array, agent: string): Robots {
  const everybody = newGroup();
  let own: Group | undefined;
  /** Groups that the lines being read are for. */
  let groups = new Set<Group>();
  let inRules = false;
  for (const line of linesOf(bytes.subarray(0, MOST_BYTES))) {
    const [, field, value] = /^\s*([\w-]+)\s*:\s*([^#]*)/.exec(line) ?? [];
    if (field === undefined || value === undefined) continue;
    const kind = field.toLowerCase();
    if (kind === 'user-agent') {
      if (inRules) groups = new Set();
      inRules = false;
      const whom = value.trim().toLowerCase();
      if (whom === agent.toLowerCase()) groups.add((own ??= newGroup()));
      if (whom === '*') groups.add(everybody);
    } else if (kind === 'allow' || kind === 'disallow') {
      inRules = true;
      const rule = ruleOf(kind === 'allow', value.trim());
      if (rule) for (const { rules } of groups) rules.push(rule);
    } else if (kind === 'crawl-delay') {
      inRules = true;
      for (const group of groups) group.delayMs = Number(value.trim()) * SECOND || 0;
    }
  }
  const { rules, delayMs } = own ?? everybody;
  let left = MOST_KEPT;
  const kept = rules.slice(0, MOST_RULES).filter(({ pattern }) => (left -= pattern.length) >= 0);
  return { delayMs, allows: (path) => isAllowed(path, kept) };
}

/** The longest rule wins, an allowing one among equals. */
function isAllowed(path: string, rules: readonly RobotsRule[]): boolean {
  const fitting = rules.filter(({ pattern }) => matches(path, pattern));
  const longest = Math.max(...fitting.map(({ pattern }) => pattern.length));
  return !fitting.length || fitting.some(({ allow, pattern }) => allow && pattern.length === longest);
}

/** Lines that are not empty, each decoded by itself: the text of a whole file is long-lived litter. */
function* linesOf(file: Uint8Array): Generator<string> {
  const decoder = new TextDecoder();
  let from = 0;
  let lines = 0;
  for (let at = 0; at <= file.length && lines < MOST_LINES; at += 1) {
    if (at < file.length && file[at] !== 0x0a && file[at] !== 0x0d) continue;
    if (at > from) yield decoder.decode(file.subarray(from, at));
    lines += at > from ? 1 : 0;
    from = at + 1;
  }
}

/** Longest pattern of a rule; beyond it a rule is nobody's honest wish. */
const LONGEST_PATTERN = 500;

function ruleOf(allow: boolean, value: string): RobotsRule | undefined {
  if (!value || value.length > LONGEST_PATTERN) return undefined;
  // A text of its own: a part of the whole would keep the whole in memory.
  return { allow, pattern: Buffer.from(value).toString() };
}

/** Each part at its first place after the one before: stars never need more than that, and never take long. */
function matches(path: string, pattern: string): boolean {
  const isWhole = pattern.endsWith('$');
  const [start = '', ...rest] = pattern.replace(/\$$/, '').split(/\*+/);
  if (!path.startsWith(start)) return false;
  let at = start.length;
  for (const [index, part] of rest.entries()) {
    if (isWhole && index === rest.length - 1) return path.length - part.length >= at && path.endsWith(part);
    const found = path.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return !isWhole || at === path.length;
}
