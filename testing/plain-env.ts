/** The environment of a program that a test starts: nothing of the test's own but what finds programs, and compiled sources. */
export const PLAIN_ENV: Readonly<Record<string, string>> = Object.fromEntries(
  ['PATH', 'NODE_COMPILE_CACHE'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  }),
);
