import fc from 'fast-check';
import { GrammyError, HttpError } from 'grammy';
import { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { createLogger, type LogFields } from '#src/log.ts';
import { silentLogger } from '#testing/log.ts';

const ID = 5_512_345_678;
const GROUP = -1_001_234_567_890;
const TOKEN = `7123456789:${'AbC-9_xY'.repeat(4)}abc`;

/** Every way in which a program writes the two ids and the token, and a reader's word. */
const TRACES = [
  String(ID),
  String(-GROUP),
  ID.toString(16),
  Buffer.from(String(ID)).toString('base64'),
  TOKEN,
  TOKEN.slice(11),
  'прывітанне',
  'hello from a reader',
  'ivan_reader',
];

function lines(write: (log: ReturnType<typeof createLogger>) => void, level = 'trace'): string {
  let text = '';
  write(createLogger(level, { write: (line) => void (text += line) }));
  return text;
}

const errorLine = (err: unknown): string => lines((log) => log.error({ err }, 'it failed'));

function expectClean(text: string): void {
  for (const trace of TRACES) expect(text.toLowerCase()).not.toContain(trace.toLowerCase());
}

/** Values that a caller can pass past the compiler. */
const forced = (fields: Record<string, unknown>): LogFields => fields as LogFields;

async function errorOf(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('a log line', () => {
  it('is one line of JSON with level, time and sentence', () => {
    const line = lines((log) => log.info({ edition: 'be', stories: 3, ms: 12 }, 'new stories'));
    expect(JSON.parse(line)).toMatchObject({
      level: 'info',
      edition: 'be',
      stories: 3,
      ms: 12,
      msg: 'new stories',
    });
    expect(JSON.parse(line)).toHaveProperty('time', expect.stringMatching(/^\d{4}-\d\d-\d\dT/));
    expect(line).not.toContain('hostname');
  });

  it('is written from its level up', () => {
    expect(lines((log) => log.debug('quiet'), 'info')).toBe('');
    expect(lines((log) => log.warn('loud'), 'info')).toContain('loud');
    expect(silentLogger.level).toBe('silent');
  });

  it('of a child carries the fields of its parent, as clean as any', () => {
    const line = lines((log) => log.child(forced({ edition: 'ru', chat: ID })).info({ stories: 1 }, 'poll'));
    expect(JSON.parse(line)).toMatchObject({ edition: 'ru', stories: 1 });
    expectClean(line);
  });

  it('has no room for a field that is not on the list', () => {
    const line = lines((log) =>
      log.info(forced({ chatId: ID, chat: { id: ID }, text: 'прывітанне', update: {} }), 'x'),
    );
    expect(Object.keys(JSON.parse(line) as object).sort()).toEqual(['level', 'msg', 'time']);
  });

  it('cannot carry an id in a field meant for something else', () => {
    const smuggled = [
      'stories',
      'code',
      'detail',
      'edition',
      'story',
      'address',
      'port',
      'err',
      'kind',
    ].flatMap((name) =>
      [ID, GROUP, String(ID), String(GROUP), BigInt(ID), [ID], { id: ID }].map((value) =>
        forced({ [name]: value }),
      ),
    );
    for (const fields of smuggled.filter((one) => !('address' in one)))
      expectClean(lines((log) => log.info(fields, 'x')));
  });

  it('keeps small numbers and rounds those that could be an id', () => {
    const line = lines((log) =>
      log.info({ stories: 9999, bytes: 12_345, entries: 1_234_567, ms: 0.25 }, 'x'),
    );
    expect(JSON.parse(line)).toMatchObject({ stories: 9999, bytes: 12_300, entries: 1_230_000, ms: 0.25 });
  });

  it('hides the token in an address, and a password', () => {
    const line = lines((log) =>
      log.info({ address: `https://user:pw-1@api.example/bot${TOKEN}/getMe` }, 'x'),
    );
    expectClean(line);
    expect(line).not.toContain('pw-1');
    expect(line).toContain('api.example');
  });

  it('is refused by the compiler when its sentence is made at run time or its field is unknown', () => {
    const id: number = ID;
    const sentence: string = `chat ${id}`;
    const text = lines((log) => {
      // @ts-expect-error a sentence is a constant of the source
      log.info({ count: 1 }, sentence);
      // @ts-expect-error and may not be a template with a variable in it
      log.info(`chat ${id}`);
      // @ts-expect-error there is no field for a chat
      log.info({ chatId: id }, 'x');
    });
    expectClean(text);
  });

  it('is never undone by a getter or a toString that throws', () => {
    const nasty = Object.assign(new Error('x'), {
      toString() {
        throw new Error('no');
      },
    });
    expect(errorLine(nasty)).toContain('it failed');
  });
});

describe('what another program said', () => {
  it('is written without anything that it quotes', () => {
    const said = `Bad Request: can't parse entities: unsupported start tag "ivan_reader" of 'ivan_reader' in ${ID}`;
    const line = lines((log) => log.warn({ said }, 'refused'));
    expectClean(line);
    expect(line).toContain('parse entities: unsupported start tag');
  });
});

describe('an error in a log line', () => {
  it('keeps a name in apostrophes only where it is surely the program’s own', () => {
    expectClean(errorLine(new TypeError(`The argument 'text' is invalid. Received 'ivan_reader'`)));
    expectClean(errorLine(new Error(`{ text: 'ivan_reader' } is not 'ivan_reader'`)));
    expect(errorLine(new TypeError(`Cannot read properties of undefined (reading 'chat')`))).toContain(
      `'chat'`,
    );
    expect(
      errorLine(new Error(`NOPERM this user has no permissions to run the 'hincrby' command`)),
    ).toContain(`'hincrby'`);
  });

  it('does not show what the language was given, without quotes too', async () => {
    for (const fault of [
      () => new Intl.DateTimeFormat('en', { timeZone: 'ivan_reader' }),
      () => new RegExp(`ivan_reader(`),
      () => Intl.getCanonicalLocales('ivan_reader'),
      () => {
        throw new AggregateError([new Error('cannot write to a chat (ivan_reader)')], 'cannot: ivan_reader');
      },
      () => {
        throw Object.assign(new Error('cannot write to a chat (ivan_reader)'), { name: `Chat${ID}` });
      },
    ]) {
      const line = errorLine(await errorOf(fault));
      expectClean(line);
      expect(line).toMatch(/"message":"(Inv|cannot|Incorrect)/);
    }
  });

  it('keeps its class, its code and where it happened', () => {
    const error = Object.assign(new TypeError('connect ECONNREFUSED 127.0.0.1:6379'), {
      code: 'ECONNREFUSED',
    });
    const { err } = JSON.parse(errorLine(error)) as { err: Record<string, unknown> };
    expect(err).toMatchObject({
      type: 'TypeError',
      code: 'ECONNREFUSED',
      message: 'connect ECONNREFUSED 127.0.0.1:6379',
    });
    expect(err['stack']).toEqual(expect.arrayContaining([expect.stringContaining('tests/log.test.ts:')]));
  });

  it('of grammY shows neither payload nor token', () => {
    const refused = {
      ok: false as const,
      error_code: 403,
      description: `Forbidden: bot was blocked by ${ID}`,
    };
    const payload = { chat_id: ID, text: 'hello from a reader' };
    expectClean(errorLine(new GrammyError(`Call to 'sendMessage' failed!`, refused, 'sendMessage', payload)));
    const inner = new Error(
      `request to https://api.telegram.org/bot${TOKEN}/sendMessage failed: "hello from a reader"`,
    );
    const outer = errorLine(new HttpError('Network request for sendMessage failed!', inner));
    expectClean(outer);
    expect(outer).toContain('sendMessage');
  });

  it('of Redis shows no arguments of the command', async () => {
    const reply = Object.assign(
      new Error(`ERR unknown command 'x', with args beginning with: 'seventy-seven', 'ivan_reader'`),
      {
        name: 'ReplyError',
        command: { name: 'hset', args: ['key', String(ID), 'прывітанне'] },
      },
    );
    const line = errorLine(reply);
    expectClean(line);
    expect(line).not.toContain('seventy-seven');
    const redis = new Redis('/nowhere/redis.sock', {
      lazyConnect: true,
      maxRetriesPerRequest: 0,
      retryStrategy: () => null,
    });
    redis.on('error', () => undefined);
    expectClean(errorLine(await errorOf(() => redis.set(String(ID), 'прывітанне'))));
    redis.disconnect();
  });

  it('of JSON.parse shows nothing of the text', async () => {
    for (const text of ['прывітанне', 'hello from a reader', `{"id":${ID}`, `{"a":'ivan_reader'}`]) {
      expectClean(errorLine(await errorOf(() => JSON.parse(text))));
    }
  });

  it('of fetch shows neither the token in the address nor the body', async () => {
    expectClean(
      errorLine(await errorOf(() => fetch(`http://127.0.0.1:1/bot${TOKEN}/sendMessage?chat_id=${ID}`))),
    );
    expectClean(errorLine(await errorOf(() => fetch(`nonsense://${TOKEN}/${ID}`))));
  });

  it('shows its causes, as clean as itself, and ends with a loop', () => {
    const loop = new Error('outer', { cause: new Error(`inner ${ID}`, { cause: new Error(TOKEN) }) });
    Object.assign((loop.cause as Error).cause as Error, { cause: loop });
    const line = errorLine(loop);
    expectClean(line);
    expect(line).toContain('inner');
  });

  it('of several has its first', () => {
    const line = errorLine(new AggregateError([new Error(`one ${ID}`), new Error('two')], 'all failed'));
    expectClean(line);
    expect(line).toContain('one [number]');
  });

  it('in a function, a file or a class named after an id does not show it', () => {
    const error = new Error('x');
    error.name = String(ID);
    error.stack = `Error: прывітанне ${ID}\n    at chat${ID} (/home/ivan_reader/${ID}/a.ts:1:2)\n    at Object.${ID} (file:///srv/${TOKEN}.ts:3:4)`;
    expectClean(errorLine(error).replace('/home/ivan_reader', ''));
  });

  it('may be no error at all', () => {
    for (const err of [ID, String(ID), { id: ID }, [ID], null, Symbol(String(ID))])
      expectClean(errorLine(err));
  });

  it('never shows an id, whatever stands around it', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1_000_000n, max: 9_999_999_999_999n }),
        fc.string({ maxLength: 30 }),
        fc.string({ maxLength: 30 }),
        fc.constantFrom(
          (id: bigint) => `${id}`,
          (id: bigint) => `-${id}`,
          (id: bigint) => `"${id}"`,
          (id: bigint) => `chat_${id}_x`,
          (id: bigint) => `0x${id.toString(16)}`,
        ),
        (id, before, after, form) => {
          const line = errorLine(new Error(`${before} ${form(id)} ${after}`));
          const { err } = JSON.parse(line) as { err: { message: string } };
          expect(err.message).not.toContain(String(id));
          expect(err.message).not.toContain(`0x${id.toString(16)}`);
        },
      ),
      { numRuns: 300 },
    );
  });
});
