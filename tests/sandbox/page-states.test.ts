import { expect, it } from 'vitest';

/** The page's own script, which a browser loads as it is. */
const page = (await import(new URL('../../sandbox/page/browser/forms.js', import.meta.url).href)) as {
  createStates(page: {
    act(name: string, body: { chat?: string; form?: string }): Promise<object>;
    parts: Map<string, object>;
    take(name: string, value: object): void;
    language: string;
  }): (view: string) => void;
};

it('a state at its own address is brought about in every world, and once in each', () => {
  const done: (string | undefined)[] = [];
  const parts = new Map<string, object>();
  const enter = page.createStates({
    act: async (_name, { chat, form }) => {
      done.push(chat ?? form);
      return {};
    },
    parts,
    take: () => undefined,
    language: 'en',
  });
  const world = (isOpen: boolean, view: string) => {
    parts.set('machine', { isOpen });
    for (const key of ['be', 'ru', 'en'])
      parts.set(`chat:${key}`, { messages: [{ mine: true, text: '/start' }] });
    enter(view);
    return done.splice(0);
  };
  expect(world(false, 'settings')).toEqual([]);
  expect(world(true, 'settings')).toEqual(['be', 'ru', 'en']);
  expect(world(true, 'settings')).toEqual([]);
  expect(world(false, 'settings')).toEqual([]);
  expect(world(true, 'settings')).toEqual(['be', 'ru', 'en']);
  expect(world(true, 'digest')).toEqual(['digest', 'digest', 'digest']);
  expect(world(false, 'digest')).toEqual(['digest', 'digest', 'digest']);
  expect(world(true, 'digest')).toEqual([]);
});
