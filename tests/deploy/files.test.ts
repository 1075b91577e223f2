import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SETTINGS } from '#src/config/config.ts';
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

describe('what an operator installs beside the bot', () => {
  it.each(['deploy/grafana.json', 'deploy/alerts.yml', 'docs/operations.md'])(
    '%s names metrics that exist',
    (file) => {
      const names = metricsIn(read(file));
      expect(names.length).toBeGreaterThan(4);
      expect(names.filter((name) => !known.has(name))).toEqual([]);
    },
  );

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

  it('the unit installs nothing, writes only to folders that systemd makes, and hides no setting from the commands', () => {
    const unit = read('deploy/pozirk-bot.service');
    // A start that installs would have to write to a folder that is not its own.
    expect(/^ExecStart=(.*)/m.exec(unit)?.[1]).toBe('/bin/sh scripts/run.sh serve');
    expect(unit).not.toMatch(/^ReadWritePaths=/m);
    const made = [...unit.matchAll(/^(?:State|Cache)Directory=(.+)/gm)].map(([, name]) => name);
    expect(made).toEqual(['pozirk-bot', 'pozirk-bot']);
    // A command in the same folder reads the same `.env`, and nothing of the unit.
    const own = [...unit.matchAll(/^Environment=(\w+)/gm)].map(([, name = '']) => name);
    expect(own.filter((name) => name in SETTINGS)).toEqual([]);
    expect(unit).toMatch(/^# .*-o pozirk .*-m 600 .*DATA_DIR=\/var\/lib\/pozirk-bot >>\.env/m);
  });

  it('the unit grants the memory that docs/sizing.md asks for with the readers that it names', () => {
    const unit = read('deploy/pozirk-bot.service');
    const readers = /Enough for ([\d,]+) readers/.exec(unit)?.[1] ?? '-';
    const row = new RegExp(`^\\| ${readers} \\|.*\\| (\\d+) GB \\| [^|]+\\|$`, 'm').exec(
      read('docs/sizing.md'),
    );
    expect(/^MemoryMax=(\d+)G$/m.exec(unit)?.[1]).toBe(row?.[1]);
    expect(unit).not.toMatch(/^MemoryHigh=/m);
  });
});
