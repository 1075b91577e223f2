import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Incident, StoryFacts } from '#sandbox/machine.ts';
import { NO_MACHINE } from '#sandbox/page/no-machine.ts';
import { OUTAGES } from '#sandbox/newsroom/outage.ts';
import { REFUSALS } from '#sandbox/refusal.ts';
import { type Sandbox, startSandbox } from '#sandbox/sandbox.ts';
import { formOf } from '#src/trial/forms.ts';
import { BROWSER, brokenWords, cutOff, findings, launchBrowser, load } from '#testing/browser.ts';

const VIEWS = ['phones', 'places', 'channels', 'crowd', 'operator', 'gallery', 'desk'];

let sandbox: Sandbox;
let server: Server;
let address: string;
let browser: Browser;
let incidents: readonly Incident[] = [];
/** Whoever has chosen a digest has it so long after now, ms. */
let digestIn: number | undefined;
/** Facts that the store knows of every story. */
let facts: StoryFacts | undefined;

/** Only where there is a browser: a test that is not there is not skipped. */
const WITH_BROWSER = BROWSER ? describe : (_name: string, _tests: () => void) => undefined;

async function open(width: number, height: number, query: string) {
  const page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' });
  await page.goto(`${address}/?${query}`);
  await page.locator('body[data-ready]').waitFor();
  return page;
}

/** Changes the view and unfolds everything. */
const show = (page: Page, view: string) =>
  page.evaluate(`document.querySelector('[data-show="${view}"]').click();
    for (const one of document.querySelectorAll('details')) one.open = true;`);

WITH_BROWSER('the sandbox page in a browser', () => {
  beforeAll(async () => {
    sandbox = await startSandbox({
      machine: {
        ...NO_MACHINE,
        form: formOf,
        incidents: () => incidents,
        story: async () => facts,
        nextDigest: async (now) => digestIn && now + digestIn,
      },
    });
    server = createServer(sandbox.handle);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await fillChats();
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await sandbox.stop();
    server.closeAllConnections();
    server.close();
  });

  it.each([320, 390, 768, 1440])(
    'is without findings of axe and without loss at %i px, in every view and both schemes',
    { timeout: 120_000 },
    async (width) => {
      const page = await open(width, 900, 'view=phones&lang=be');
      for (const view of VIEWS) {
        await show(page, view);
        expect(await cutOff(page), view).toEqual([]);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          expect(await findings(page), `${colorScheme} ${view}`).toEqual([]);
        }
      }
      await page.close();
    },
  );

  it.each([320, 1440])('breaks no word and cuts nothing at %i px, in three languages', async (width) => {
    for (const language of ['be', 'ru', 'en']) {
      const page = await open(width, 900, `view=phones&lang=${language}`);
      for (const view of VIEWS) {
        await show(page, view);
        expect([...(await brokenWords(page)), ...(await cutOff(page))], `${language} ${view}`).toEqual([]);
      }
      await page.close();
    }
  });

  it('at 200 % leaves a message the whole window', async () => {
    const page = await open(720, 450, 'view=phones&lang=ru');
    const device = page.locator('.phone.chosen .device');
    await device.scrollIntoViewIfNeeded();
    expect((await device.boundingBox())?.height).toBeGreaterThan(350);
    expect(await cutOff(page)).toEqual([]);
    await page.close();
  });

  it('shows a form of message at its address, in the language of the address, and leads on to the next', async () => {
    const page = await open(390, 800, 'view=withdrawal&lang=ru');
    const shown = page.locator('.phone.chosen .bubble');
    await shown.getByText('отозвала').waitFor();
    expect(await page.locator('.phone.chosen').getAttribute('data-chat')).toBe('withdrawal:ru');
    expect(await page.locator('#bar b').textContent()).toBe('Отозвана');
    expect([...(await findings(page)), ...(await cutOff(page))]).toEqual([]);
    await page.locator('#bar').getByRole('link', { name: 'Продолжает более раннюю' }).click();
    await shown.nth(1).waitFor();
    expect(new URL(page.url()).search).toBe('?view=follow-up&lang=ru');
    await page.goto(`${address}/?lang=ru`);
    expect(await page.locator('[data-show="phones"]').getAttribute('aria-pressed')).toBe('true');
    await page.close();
  });

  it('goes back to what was shown before, and changes its language where it stands', async () => {
    const page = await open(390, 800, 'view=phones&chat=ru&lang=en');
    const shown = () => page.locator('.phone.chosen').getAttribute('data-chat');
    await page.locator('[data-show="crowd"]').click();
    await page.locator('[data-show="gallery"]').click();
    await page.locator('.gallery').getByRole('link', { name: 'Digest', exact: true }).click();
    await page.locator('#bar').getByRole('link', { name: 'All forms' }).waitFor();
    const belarusian = page.locator('#languages a[lang="be"]');
    expect(await belarusian.getAttribute('href')).toBe('?view=digest&lang=be');
    for (const view of ['gallery', 'crowd', 'phones']) {
      await page.goBack();
      expect(await page.locator('body').getAttribute('data-view')).toBe(view);
    }
    expect(await shown()).toBe('ru');
    await page.goForward();
    await belarusian.click();
    await page.locator('body[data-ready]').waitFor();
    expect(new URL(page.url()).search).toBe('?view=crowd&lang=be');
    await page.close();
  });

  it('offers to share what is found inline into the group, also while nothing is found', async () => {
    const page = await open(1440, 900, 'view=phones&lang=en');
    await page.route('**/act/inline', (route) => route.fulfill({ json: { results: [] } }));
    await page.locator('[data-chat="en"] textarea').fill('@pozirk_sandbox_bot bridge');
    const finds = page.locator('[data-chat="en"] .finds');
    await finds.getByText('Nothing found').waitFor();
    expect(await finds.getByRole('checkbox', { name: 'Share into the group' }).count()).toBe(1);
    await page.close();
  });

  it('says in its own language why something was refused, and leaves what was typed', async () => {
    const page = await open(1440, 900, 'view=phones&lang=ru');
    const refused = {
      status: 400,
      json: { error: 'refused: long', word: 'refused-long', given: { limit: 9 } },
    };
    await page.route('**/act/{send,correct}', (route) => route.fulfill(refused));
    const box = page.locator('[data-chat="en"] textarea');
    await box.fill('A long question');
    await page.keyboard.press('Enter');
    await page.locator('#toasts').getByText('Длиннее 9 знаков').waitFor();
    await expect.poll(() => box.inputValue(), { timeout: 20_000 }).toBe('A long question');
    await page.locator('summary', { hasText: 'Что вышло' }).click();
    await page.locator('.published').getByRole('button', { name: 'Исправить' }).first().click();
    const form = page.locator('.published .editing');
    await form.locator('textarea').first().fill('Новый заголовок');
    const answered = page.waitForResponse('**/act/correct');
    await form.getByRole('button').first().click();
    await answered;
    expect(await form.locator('textarea').first().inputValue()).toBe('Новый заголовок');
    await page.close();
  });

  it('tells a screen reader once what somebody else wrote, and nothing of what stood there before', async () => {
    const page = await open(1440, 900, 'view=places&lang=en');
    const told = page.locator('#toasts .hidden');
    expect(await told.count()).toBe(0);
    await page.locator('[data-chat="channel"] textarea').fill('The gate is open');
    await page.keyboard.press('Enter');
    await told.waitFor({ state: 'attached' });
    expect(await told.allTextContents()).toEqual(['Channel: The gate is open. ']);
    await page.close();
  });

  it('tells a screen reader what changed in a long text, and leaves the focus on its button', async () => {
    const long = `${'Every word of the lead stands here. '.repeat(6)}The bridge opens`;
    const buttons = (text: string) => ({ inline_keyboard: [[{ text, callback_data: 'a' }]] });
    const { chat_id, message_id } = await botSays({
      text: `${long} on Monday.`,
      reply_markup: buttons('Read'),
    });
    const page = await open(1440, 900, 'view=phones&lang=en');
    const phone = page.locator('[data-chat="en"]');
    expect(await phone.locator('.device').getAttribute('lang')).toBe('en');
    await phone.getByRole('button', { name: 'Read', exact: true }).focus();
    await botCalls('editMessageText', {
      chat_id,
      message_id,
      text: `${long} on Friday.`,
      reply_markup: buttons('Fold'),
    });
    const told = page.locator('#toasts .hidden');
    await told.waitFor({ state: 'attached' });
    expect(await told.allTextContents()).toEqual(['en: Friday.. ']);
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Fold');
    await page.close();
  });

  it('tells a screen reader what befell the bot, and when time moves', async () => {
    const page = await open(1440, 900, 'view=crowd&lang=en');
    const told = page.locator('#toasts .hidden');
    incidents = [{ at: Date.now(), what: 'killed' }];
    await told.getByText('the bot was killed').waitFor({ state: 'attached' });
    await page.locator('#clock').getByRole('button', { name: '+1 h', exact: true }).click();
    await told.getByText(/^Minsk time: /).waitFor({ state: 'attached' });
    await page.close();
  });

  it('tells of each story that it was seen, read and stored, or not read yet', async () => {
    const known = { firstSeenAt: Date.now(), withdrawn: false, again: false, fates: { edited: 2 }, held: [] };
    const page = await open(1440, 900, 'view=phones&lang=en');
    const way = page.locator('.timeline .way').last();
    await way.getByText('not seen yet').waitFor();
    facts = { ...known, read: false };
    await way.getByText(/^seen → page not read yet → stored \(\+\d.* → edited: 2$/).waitFor();
    facts = { ...known, firstSeenAt: Date.now() + 34_200_000, read: true, fates: { edited: 1200 } };
    await way.getByText(/^seen → read → stored \(\+9\.5\sh\).* → edited: 1\u202f200$/).waitFor();
    await page.close();
  });

  it('moves the time by its four buttons', async () => {
    const page = await open(1440, 900, 'view=phones&lang=en');
    const clock = page.locator('#clock');
    const time = () => clock.locator('b').textContent();
    const ahead = async () => Number(/(\d+) h ahead/.exec((await clock.innerHTML()) ?? '')?.[1] ?? 0);
    // While time moves the buttons cannot be pressed, and a press waits for that.
    const press = (name: string) => clock.getByRole('button', { name, exact: true }).click();
    const soon = { timeout: 30_000 };
    await press('to the digest');
    await page.locator('#toasts').getByText('Nobody has chosen a digest').waitFor();
    const start = await ahead();
    digestIn = 3 * 3_600_000;
    await press('+1 h');
    await expect.poll(ahead, soon).toBe(start + 1);
    await press('to the digest');
    await expect.poll(ahead, soon).toBe(start + 4);
    await press('to 07:00');
    await expect.poll(time, soon).toBe('07:00');
    const before = await ahead();
    await press('+48 h');
    await expect.poll(ahead, soon).toBe(before + 48);
    await page.close();
  }, 120_000);

  it('speaks three languages and has no word untranslated', async () => {
    const words = new Map<string, Record<string, string>>();
    for (const [language, name] of [
      ['be', 'BE'],
      ['ru', 'RU'],
      ['en', 'EN'],
    ] as const) {
      const module = (await import(`../../sandbox/page/browser/words-${language}.js`)) as Record<
        string,
        never
      >;
      words.set(language, module[name] as unknown as Record<string, string>);
    }
    const names = [...words.values()].map((texts) => Object.keys(texts).sort());
    expect(names[0]).toEqual(names[2]);
    expect(names[1]).toEqual(names[2]);
    expect(names[0]?.filter((name) => name.startsWith('outage-'))).toEqual(
      OUTAGES.map((outage) => `outage-${outage}`).sort(),
    );
    expect(names[0]?.filter((name) => name.startsWith('refused-'))).toEqual(
      REFUSALS.map((name) => `refused-${name}`).sort(),
    );
    const page = await open(1440, 900, 'view=crowd&lang=ru');
    expect(await page.title()).toBe('Бот «Позірк» · песочница');
    expect(await page.locator('html').getAttribute('lang')).toBe('ru');
    await page.close();
  });

  it('weighs less than 150 kB and asks nobody else', async () => {
    const { bytes, hosts } = await load(browser, `${address}/?view=phones`);
    expect(bytes).toBeLessThan(150_000);
    expect([...hosts]).toEqual([new URL(address).host]);
  });
});

async function post(url: string, body: object) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as { result: unknown };
}

/** A call of the bot that is not there. */
async function botCalls(method: string, params: object): Promise<unknown> {
  const { TELEGRAM_API_ROOT: root = '', BOT_TOKEN: token = '' } = sandbox.settings();
  return (await post(`${root}/bot${token}/${method}`, params)).result;
}

const started = async () =>
  (await botCalls('getUpdates', {})) as {
    message?: { chat: { id: number }; from: { language_code: string } };
  }[];

/** The bot writes to the reader whose Telegram speaks English. */
async function botSays(params: object): Promise<{ chat_id: number | undefined; message_id: number }> {
  const found = (await started()).find(({ message }) => message?.from.language_code === 'en');
  const chat_id = found?.message?.chat.id;
  const { message_id } = (await botCalls('sendMessage', { ...params, chat_id })) as { message_id: number };
  return { chat_id, message_id };
}

/** Every kind of content in the chats, without a bot: what it would write. */
async function fillChats(): Promise<void> {
  for (const chat of ['be', 'ru', 'en', 'editor', 'operator']) await post(`${address}/act/begin`, { chat });
  await post(`${address}/act/publish`, {
    piece: { be: { headline: 'Навіна', lead: 'Пачатак.', body: 'Тэкст.', rubric: 'Грамадства' } },
  });
  for (const { message } of await started())
    await botCalls('sendMessage', {
      chat_id: message?.chat.id,
      text: '<b>Навіна</b> <a href="https://example.org/">сайт</a> /help <tg-spoiler>сакрэт</tg-spoiler>\n<blockquote expandable>адзін\nдва\nтры\nчатыры\nпяць</blockquote>',
      parse_mode: 'HTML',
      reply_markup: { inline_keyboard: [[{ text: 'Чытаць тут', callback_data: 'a' }]] },
    });
}
