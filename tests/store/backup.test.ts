import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Built } from '#src/app/built.ts';
import { serveReaders } from '#src/app/readers.ts';
import { backUp } from '#src/cli/backup.ts';
import { restore } from '#src/cli/restore.ts';
import { rotateKey } from '#src/cli/rotate-key.ts';
import { type Config, readConfig } from '#src/config/config.ts';
import { refuseStranger } from '#src/config/data-dir.ts';
import { forgetChat } from '#src/desk/chats/erase.ts';
import { addOwner, ownersOf } from '#src/desk/chats/owners.ts';
import { findChat, subscribe, unsubscribe } from '#src/desk/chats/subscribe.ts';
import { findStory, latestStories } from '#src/desk/stories.ts';
import type { Desk } from '#src/desk/desk.ts';
import { leftSince, openJournal } from '#src/journal.ts';
import { findJournal, partsOf } from '#src/journal-place.ts';
import { readBackups } from '#src/store/backups.ts';
import { leaseHeld } from '#src/store/lease.ts';
import { wake } from '#src/store/cursors.ts';
import { botKeys } from '#src/store/keys.ts';
import { checkKey } from '#src/store/proof.ts';
import { isLasting } from '#src/store/restore.ts';
import { checkSchema } from '#src/store/schema.ts';
import { createSeal } from '#src/store/seal.ts';
import { HOUR } from '#src/time.ts';
import { silentLogger } from '#testing/log.ts';
import { channel, pass, person, publish, subscribeAll, until } from '#testing/delivery.ts';
import { openStage, type Stage } from '#testing/desk.ts';
import { onRelease } from '#testing/releases.ts';
import { posts } from '../bot/editor.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');

let folder: string;
let stage: Stage;
let file: string;
let said: string[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pozirk-backup-'));
  file = join(folder, 'copy.pozirk');
  said = [];
  stage = await openStage();
  // As each start does before it serves anybody.
  await checkKey(stage.desk.store, stage.desk.seal);
});
afterEach(async () => {
  await stage.close();
  rmSync(folder, { recursive: true, force: true });
});

const options = { signal: new AbortController().signal, say: (line: string) => void said.push(line) };

/** The settings of the stage's bot; `data` is the name of its `DATA_DIR`. */
function config(data = 'data', key = KEY): Config {
  const read = readConfig({
    BOT_TOKEN: stage.telegram.token,
    REDIS_URL: stage.redisUrl,
    DATA_KEY: key,
    DATA_DIR: join(folder, data),
  });
  if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
  return read.config;
}
const save = (given = config()) => backUp(given, silentLogger, file, options);
const bringBack = async (given = config()) => {
  await stage.desk.store.redis.flushall();
  await restore(given, silentLogger, file, options);
};
/** The stage's desk with the journal of `config()`. */
const withJournal = (): Desk => Object.assign(stage.desk, { journal: openJournal(config().journal) });

const times = (texts: readonly string[], words: string) =>
  texts.filter((text) => text.includes(words)).length;

describe('a backup', () => {
  it('of where no bot has stored anything is refused, and says where it looked; without a chat it says so', async () => {
    await stage.desk.store.redis.flushall();
    await expect(save()).rejects.toThrow(/nothing of this bot is stored in .*another DATA_DIR/);
    expect(existsSync(file)).toBe(false);
    await checkKey(stage.desk.store, stage.desk.seal);
    await save();
    expect(said[0]).toContain('No chat is stored in');
  });

  it('by another user than the bot’s is refused: the bot could not read its traces', () => {
    const theirs = join(folder, 'theirs');
    mkdirSync(theirs);
    refuseStranger(theirs);
    const getuid = vi.spyOn(process, 'getuid').mockReturnValue(statSync(theirs).uid + 1);
    expect(() => refuseStranger(theirs)).toThrow(/sudo -u '#\d+' npm start/);
    getuid.mockRestore();
  });

  it('holds nothing of what others posted in channels: posts since then would be taken for ours', () => {
    const keys = botKeys('12345');
    expect([keys.heard, keys.others(7), keys.chat(7)].map((key) => isLasting(key, '12345'))).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('brought back shows nothing again, and whoever forgot or unsubscribed since stays away', async () => {
    const desk = withJournal();
    const { telegram, clock } = stage;
    const people = [0, 1, 2].map(() => telegram.person());
    const [stays, forgets, leaves] = people as [(typeof people)[0], (typeof people)[0], (typeof people)[0]];
    for (const one of people) one.start();
    const place = telegram.channel();
    place.addBot(['can_post_messages']);
    await stage.settle();
    await subscribeAll(
      desk,
      people.map(({ id }) => id),
      'en',
    );
    await subscribe(desk, channel(place.id), 'en');
    let stop = await stage.deliver();
    await publish(desk, 'en', { headline: 'A library opens' });
    await until(clock, () => times(posts(place), 'A library') === 1);
    await save();
    await publish(desk, 'en', { headline: 'A bridge opens' });
    await until(clock, () =>
      people.every(
        (one) =>
          times(
            one.messages().map(({ text }) => text),
            'A bridge',
          ) === 1,
      ),
    );
    await until(clock, () => times(posts(place), 'A bridge') === 1);
    await forgetChat(desk, person(forgets.id), []);
    await unsubscribe(desk, person(leaves.id));
    await stop();
    await bringBack();
    expect(said.at(-1)).toContain('3 chats are back; 1 that were forgotten');
    const { stories } = await latestStories(desk, 'en', { limit: 5 });
    expect(stories.map(({ headline }) => headline)).toEqual(['A library opens']);
    expect(await findChat(desk, person(forgets.id))).toBeUndefined();
    expect((await findChat(desk, person(leaves.id)))?.state).toBe('idle');
    stop = await stage.deliver();
    await pass(clock, 10_000);
    await publish(desk, 'en', { headline: 'A school opens' });
    await until(clock, () => times(posts(place), 'A school') === 1);
    await pass(clock, 10_000);
    await stop();
    const read = (one: (typeof people)[0]) => one.messages().map(({ text }) => text);
    expect([
      times(read(stays), 'A library'),
      times(read(stays), 'A bridge'),
      times(read(stays), 'A school'),
    ]).toEqual([1, 1, 1]);
    expect([times(read(forgets), 'A school'), times(read(leaves), 'A school')]).toEqual([0, 0]);
    expect([times(posts(place), 'A library'), times(posts(place), 'A bridge')]).toEqual([1, 1]);
  });

  it('brought back a second time still knows who forgot before the first time, and who has left since', async () => {
    const desk = withJournal();
    const [stays, forgets, leaves] = [person(71), person(72), person(73)];
    await subscribeAll(desk, [71, 72, 73], 'en');
    await save();
    await forgetChat(desk, forgets, []);
    await bringBack();
    await unsubscribe(withJournal(), leaves);
    await bringBack();
    expect(said.at(-1)).toContain('2 chats are back; 1 that were forgotten');
    expect(await findChat(desk, forgets)).toBeUndefined();
    expect((await findChat(desk, leaves))?.state).toBe('idle');
    expect((await findChat(desk, stays))?.state).toBe('active');
  });

  it('waits for the mark of whoever serves elsewhere, so that nobody can leave unnoticed', async () => {
    const { desk, bot, clock } = stage;
    const reader = person(stage.telegram.person().id);
    await subscribeAll(desk, [reader.id], 'en');
    const { slot = 0 } = (await findChat(desk, reader)) ?? {};
    const elsewhere = config('elsewhere').journal;
    const serving = { ...desk, journal: openJournal(elsewhere) };
    const built = { config: { updates: { mode: 'polling' } }, desk: serving, bot } as Built;
    const stop = new AbortController();
    const running = serveReaders(
      built,
      { read: () => undefined, keep: () => true },
      { isOurs: true, serves: true },
      stop.signal,
    );
    await until(clock, () => leaseHeld(desk.store, 'owner'));
    let isSaved = false;
    void save().then(() => (isSaved = true));
    await until(clock, () => isSaved, HOUR);
    expect(said.join()).not.toContain('has not marked');
    serving.journal.note(slot, 'forgot');
    const id = (await readBackups(desk.store))[0]?.id ?? '';
    expect(leftSince(partsOf(elsewhere), id)).toMatchObject({ forgot: new Set([slot]), hasGap: false });
    expect(leftSince(partsOf(config().journal), id)?.forgot.size).toBe(0);
    stop.abort();
    let isOver = false;
    void running.finally(() => (isOver = true));
    await until(clock, () => isOver);
  });

  it('asks where a journal that is a copy may not know of everybody who left, and changes nothing without a yes', async () => {
    const desk = withJournal();
    const reader = person(stage.telegram.person().id);
    await subscribeAll(desk, [reader.id], 'en');
    // Both are copied away in the night.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - HOUR });
    await save();
    vi.useRealTimers();
    const journal = findJournal(config().journal);
    const copy = readFileSync(journal);
    await forgetChat(desk, reader, []);
    writeFileSync(journal, copy);
    await desk.store.redis.flushall();
    const asked: string[] = [];
    const ask = (isMeant: boolean) => async (question: string) => (asked.push(question), isMeant);
    const back = (isMeant: boolean) =>
      restore(config(), silentLogger, file, { ...options, ask: ask(isMeant) });
    await expect(back(false)).rejects.toThrow('nothing was changed');
    expect(asked[0]).toMatch(/reaches to \d{4}-\d\d-\d\d \d\d:\d\d UTC only: if the bot ran after that/);
    expect(await desk.store.redis.dbsize()).toBe(0);
    await back(true);
    expect(await findChat(desk, reader)).toBeDefined();
  });

  it('is for its owner alone, and names nobody', async () => {
    const { desk, telegram } = stage;
    const reader = telegram.person();
    await subscribeAll(desk, [reader.id], 'be');
    await save();
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(readFileSync(file, 'latin1')).not.toContain(String(reader.id));
  });

  it.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, -200), 'store.corrupt'],
    [
      'with another byte',
      (bytes: Buffer) => (bytes.writeUInt8((bytes.at(-500) ?? 0) ^ 1, bytes.length - 500), bytes),
      'store.corrupt',
    ],
    ['that is none', () => Buffer.from('a text'), 'store.corrupt'],
  ])('%s is refused before anything is changed', async (_, damage, code) => {
    await subscribeAll(stage.desk, [5], 'be');
    await save();
    writeFileSync(file, damage(readFileSync(file)));
    await expect(bringBack()).rejects.toMatchObject({ code });
    expect(await stage.desk.store.redis.dbsize()).toBe(0);
  });

  it.each([
    [
      'cut short',
      (bytes: Buffer) => bytes.subarray(0, -9),
      /copy\.pozirk: is damaged .*; nothing was changed$/,
    ],
    ['away', undefined, /copy\.pozirk: cannot be read \(ENOENT\); nothing was changed$/],
  ])('that is %s is named in the line that refuses it', async (_, damage, words) => {
    await save();
    if (damage) writeFileSync(file, damage(readFileSync(file)));
    else rmSync(file);
    await expect(bringBack()).rejects.toThrow(words);
  });

  it('that finds no folder or no room says so in a line, and leaves nothing behind', async () => {
    const there = file;
    file = join(folder, 'none', 'copy');
    await expect(save()).rejects.toThrow(
      /none\/copy.part cannot be written \(ENOENT\); nothing was changed$/,
    );
    file = there;
    const handle = await open(folder, 'r');
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: 'write' });
    const writes = vi.spyOn(Object.getPrototypeOf(handle) as typeof handle, 'appendFile');
    await handle.close();
    writes.mockRejectedValue(full);
    const before = readdirSync(folder);
    await expect(save()).rejects.toThrow(
      /copy\.pozirk\.part cannot be written \(ENOSPC\); nothing was changed$/,
    );
    writes.mockRestore();
    expect(readdirSync(folder)).toEqual(before);
  });

  it('writes over no file but an older backup and an empty one, whether that has its name or the name of its part', async () => {
    for (const taken of [file, `${file}.part`]) {
      writeFileSync(taken, KEY);
      await expect(save()).rejects.toThrow(`${taken} is there and is no backup: give another name`);
      expect(readFileSync(taken, 'utf8')).toBe(KEY);
      rmSync(taken);
    }
    mkdirSync(file);
    await expect(save()).rejects.toThrow('is there and is no backup');
    rmSync(file, { recursive: true });
    writeFileSync(file, '');
    await save();
    // A kill left a part behind.
    writeFileSync(`${file}.part`, readFileSync(file).subarray(0, -9));
    await save();
    expect(readdirSync(folder).sort()).toEqual([basename(file), 'data']);
  });

  it('goes to where a link leads, which stays one', async () => {
    const elsewhere = join(folder, 'elsewhere');
    writeFileSync(elsewhere, '');
    symlinkSync(elsewhere, file);
    await save();
    expect([lstatSync(file).isSymbolicLink(), statSync(elsewhere).size > 0]).toEqual([true, true]);
  });

  it('is refused while the key is being changed, whenever that begins or ends, and the last good one stays', async () => {
    const { redis, keys, botId } = stage.desk.store;
    await save();
    const good = readFileSync(file);
    const old = stage.desk.seal.proofs.now;
    const next = createSeal(Buffer.alloc(32, 9), botId).proofs.now;
    const handle = await open(folder, 'r');
    const files = Object.getPrototypeOf(handle) as typeof handle;
    await handle.close();
    const append = Reflect.get(files, 'appendFile') as (this: typeof handle, bytes: unknown) => Promise<void>;
    const writes = vi.spyOn(files, 'appendFile');
    const refused = async (before: string, meanwhile: string) => {
      await redis.set(keys.proof, before);
      writes.mockImplementation(async function (this: typeof handle, bytes) {
        await redis.set(keys.proof, meanwhile);
        await append.call(this, bytes);
      });
      await expect(save()).rejects.toThrow('make the backup when rotate-key has ended');
      expect([readFileSync(file), existsSync(`${file}.part`)]).toEqual([good, false]);
    };
    await refused(old, `${next} ${old}`);
    await refused(old, next);
    writeFileSync(join(folder, 'data', 'key.new'), Buffer.alloc(32, 9).toString('base64'));
    await refused(`${next} ${old}`, next);
    await refused(old, old);
    writes.mockRestore();
  });

  it('from a Redis that takes nothing says what to do, and not that it does not answer', async () => {
    await stage.desk.store.redis.config('SET', 'min-replicas-to-write', '1');
    await expect(save()).rejects.toThrow('REDIS_URL: Redis has too few replicas and takes nothing');
    await stage.desk.store.redis.config('SET', 'min-replicas-to-write', '0');
    expect(existsSync(file)).toBe(false);
  });

  it('that is stopped leaves nothing behind, nor does a restore', async () => {
    const stopped = { ...options, signal: AbortSignal.abort() };
    const given = config();
    const before = readdirSync(folder);
    await expect(backUp(given, silentLogger, file, stopped)).rejects.toThrow('stopped as asked');
    expect(readdirSync(folder)).toEqual(before);
    await save();
    await stage.desk.store.redis.flushall();
    await expect(restore(config(), silentLogger, file, stopped)).rejects.toThrow('stopped as asked');
    expect(await stage.desk.store.redis.dbsize()).toBe(0);
  });

  it('brought back makes nobody an owner who forgot since, and loses no chat whose cursor was copied before it was held', async () => {
    const desk = withJournal();
    const { store } = desk;
    const keys = store.keys;
    const [owner, sleeper] = [person(77), person(5)];
    await subscribeAll(desk, [sleeper.id], 'be');
    const place = (await subscribe(desk, channel(-1_002_000_000_001), 'be')).subscriber;
    await addOwner(desk, place, owner.id, 'be');
    const slot = (await findChat(desk, sleeper))?.slot ?? 0;
    await store.redis.zrem(keys.waiting('be'), String(slot));
    await store.redis.zadd(keys.held('be', 0), Date.now() + HOUR, String(slot));
    await save();
    await forgetChat(desk, owner, []);
    await bringBack();
    expect(await ownersOf(desk, place)).toEqual([]);
    const wakes = async (at: number) => {
      await wake(store, 'be', at, { head: 0, urgent: 0 });
      return store.redis.zscore(keys.waiting('be'), String(slot));
    };
    expect(await store.redis.zscore(keys.cursor('be'), String(slot))).toBe('0');
    // Should it be lost all the same, the chat is not.
    await store.redis.zrem(keys.cursor('be'), String(slot));
    expect(await wakes(Date.now())).toBeNull();
    expect(await wakes(Date.now() + 2 * HOUR)).not.toBeNull();
  });

  it('says that it has not what a lost bot left, and no new key is brought in while that is there', async () => {
    await subscribeAll(stage.desk, [5], 'be');
    const given = () => ({ ...config(), formerBot: '7654321' });
    await save(given());
    expect(said.at(-1)).toContain('What the lost bot left');
    await expect(rotateKey(given(), silentLogger, options)).rejects.toThrow('FORMER_BOT is set');
  });

  it('that fails in the middle says so, and no bot starts on half of it', async () => {
    const { redis, botId } = stage.desk.store;
    const keys = botKeys(botId);
    await subscribeAll(stage.desk, [5], 'be');
    const reader = await findChat(stage.desk, person(5));
    const block = keys.chat(reader?.slot ?? 0);
    await redis.setrange(block, 0, 'x'.repeat(await redis.strlen(block)));
    await save();
    await expect(bringBack()).rejects.toThrow(/cut short .* restore again/);
    await expect(checkSchema(stage.desk)).rejects.toMatchObject({ code: 'store.half' });
  });

  it('is refused under another key, of another bot, and where data are', async () => {
    await subscribeAll(stage.desk, [5], 'be');
    await save();
    const other = config('other', Buffer.alloc(32, 9).toString('base64'));
    await expect(bringBack(other)).rejects.toMatchObject({ code: 'store.wrong_key' });
    await subscribeAll(stage.desk, [6], 'be');
    const beside = (given = config()) => restore(given, silentLogger, file, options);
    await expect(beside()).rejects.toThrow('has data of the bot');
    // The recipes empty a Redis after these words: they say that nothing else stands against the file.
    await expect(beside(other)).rejects.toMatchObject({ code: 'store.wrong_key' });
    writeFileSync(file, readFileSync(file).subarray(0, -9));
    await expect(beside()).rejects.toMatchObject({ code: 'store.corrupt' });
  });

  it('of the first release is brought to the present form', async () => {
    const { people, facts } = await onRelease(stage, 'first');
    const key = config();
    await save(key);
    await bringBack();
    expect((await findChat(stage.desk, person(people.follows.id)))?.settings.follow).toHaveLength(2);
    expect((await findChat(stage.desk, person(people.left.id)))?.state).toBe('idle');
    expect((await findStory(stage.desk, facts.stories.pending))?.headline).toContain('яшчэ ніхто не бачыў');
  });
});
