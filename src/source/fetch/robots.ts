/** robots.txt (RFC 9309): who may read what. */

interface RobotsRule {
  readonly allow: boolean;
  /** As written: many sites are remembered, and most of their rules are never asked. */
  readonly pattern: string;
}

/** The rules of one robots.txt for us. */
export interface Robots {
  allows(path: string): boolean;
}

export const ALLOW_ALL: Robots = { allows: () => true };

/** Larger files are cut, as RFC 9309 lets a reader do. */
const MOST_BYTES = 500 * 1024;
const MOST_RULES = 2000;

/** Reads the groups for `agent` (a product token, any case), or those for `*` where it has none. */
export function parseRobots(bytes: Uint8Array, agent: string): Robots {
  const text = new TextDecoder().decode(bytes.subarray(0, MOST_BYTES));
  const own: RobotsRule[] = [];
  const everybody: RobotsRule[] = [];
  let named = false;
  let agents: string[] = [];
  let inRules = false;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [, field, value] = /^\s*([\w-]+)\s*:\s*([^#]*)/.exec(line) ?? [];
    if (field === undefined || value === undefined) continue;
    const name = field.toLowerCase();
    if (name === 'user-agent') {
      if (inRules) agents = [];
      inRules = false;
      agents.push(value.trim().toLowerCase());
      named ||= agents.includes(agent.toLowerCase());
    } else if (name === 'allow' || name === 'disallow') {
      inRules = true;
      const rule = ruleOf(name === 'allow', value.trim());
      if (!rule) continue;
      if (agents.includes(agent.toLowerCase())) own.push(rule);
      if (agents.includes('*')) everybody.push(rule);
    }
  }
  const rules = (named ? own : everybody).slice(0, MOST_RULES);
  return {
    allows(path) {
      let best: RobotsRule | undefined;
      for (const rule of rules) {
        if (!matches(path, rule.pattern)) continue;
        // The longest rule wins, an allowing one among equals.
        if (
          !best ||
          rule.pattern.length > best.pattern.length ||
          (rule.pattern.length === best.pattern.length && rule.allow)
        )
          best = rule;
      }
      return best?.allow ?? true;
    },
  };
}

/** Longest pattern of a rule; beyond it a rule is nobody's honest wish. */
const LONGEST_PATTERN = 500;

function ruleOf(allow: boolean, value: string): RobotsRule | undefined {
  if (!value || value.length > LONGEST_PATTERN) return undefined;
  return { allow, pattern: value };
}

function matches(path: string, pattern: string): boolean {
  const isWhole = pattern.endsWith('$');
  const [start = '', ...rest] = pattern.replace(/\$$/, '').split(/\*+/);
  return matchParts(path, start, rest, isWhole);
}

/** Each part at its first place after the one before: stars never need more than that, and never take long. */
function matchParts(path: string, start: string, rest: readonly string[], isWhole: boolean): boolean {
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
