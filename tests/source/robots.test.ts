import { describe, expect, it } from 'vitest';
import { parseRobots } from '#src/source/fetch/robots.ts';
import { workOf } from '#testing/work.ts';

const allows = (text: string, path: string) => parseRobots(Buffer.from(text), 'PozirkBot').allows(path);

describe('robots.txt', () => {
  it.each([
    ['User-agent: *\nDisallow: /', '/en/news/', false],
    ['User-agent: *\nDisallow:', '/en/news/', true],
    ['User-agent: *\nDisallow: /\nAllow: /en/', '/en/news/', true],
    ['User-agent: *\nDisallow: /en/\nAllow: /', '/en/news/', false],
    ['User-agent: other\nDisallow: /', '/en/news/', true],
    ['User-agent: *\nDisallow: /\n\nUser-agent: pozirkbot\nDisallow: /private', '/en/news/', true],
    ['User-agent: other\nUser-agent: PozirkBot\nDisallow: /en', '/en/news/', false],
    ['User-agent: *\nDisallow: /*.php$', '/index.php', false],
    ['User-agent: *\nDisallow: /*.php$', '/index.php?x', true],
    ['User-agent: *\nDisallow: /a*b*c', '/a1b2c3', false],
    ['User-agent: *\nDisallow: /a*b*c', '/a1c2b3', true],
    ['  user-agent : * # all\r\n DISALLOW : /en # this', '/en/news/', false],
    ['\ufeffUser-agent: *\rDisallow: /en\r', '/en/news/', false],
    ['<html>not found</html>', '/en/news/', true],
    ['', '/', true],
  ])('%j lets %s through: %s', (text, path, expected) => {
    expect(allows(text, path)).toBe(expected);
  });

  it('says how long to wait between two looks, to us or to everybody', () => {
    const delay = (text: string) => parseRobots(Buffer.from(text), 'PozirkBot').delayMs;
    expect(delay('User-agent: *\nCrawl-delay: 20\nDisallow:')).toBe(20_000);
    expect(delay('User-agent: *\nCrawl-delay: 20\n\nUser-agent: pozirkbot\nCrawl-delay: 1.5')).toBe(1500);
    expect(delay('User-agent: *\nCrawl-delay: soon\nUser-agent: other\nCrawl-delay: 9')).toBe(0);
  });

  it('of ever longer rules is remembered so far that a thousand hosts fit into memory', () => {
    const rules = Array.from({ length: 1000 }, (_, rule) => `Disallow: /${rule}-${'я'.repeat(200)}`);
    const robots = parseRobots(Buffer.from(['User-agent: *', ...rules].join('\n')), 'PozirkBot');
    const obeyed = rules.filter((rule) => !robots.allows(rule.replace('Disallow: ', '')));
    expect(obeyed.length).toBeGreaterThan(200);
    expect(obeyed.join('').length).toBeLessThan(80 * 1024);
  });

  it('made of stars takes no time', async () => {
    const rules = `User-agent: *\n${`Disallow: /${'*a'.repeat(200)}$\n`.repeat(500)}`;
    expect(await workOf(() => allows(rules, `/${'a'.repeat(2000)}b`))).toBeLessThan(500);
  });

  it('is read in a moment, however it is made', async () => {
    const parts = ['user-agent:a\n', 'a:\n', '\n', 'user-agent:*\ndisallow:/*a*b*c\n', 'a:   \n'];
    for (const part of parts) {
      const bytes = Buffer.from(part.repeat(600_000 / part.length));
      const reading = () => parseRobots(bytes, 'PozirkBot').allows(`/${'a'.repeat(2000)}`);
      expect(await workOf(reading)).toBeLessThan(100);
    }
  });
});
