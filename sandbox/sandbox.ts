/**
 * Try the bot with no token: a local Telegram, an invented newsroom, and one web page with readers, a channel, a group
 * and the newsroom's desk. The bot talks to them over HTTP as to the real ones and cannot tell the difference.
 */
import type { RequestListener } from 'node:http';
import { startNewsroom } from './newsroom/newsroom.ts';
import { pieceOf } from './newsroom/sample.ts';
import { SAMPLES } from './newsroom/samples.ts';
import type { Tongue } from './newsroom/words.ts';
import { pageActs } from './page/acts.ts';
import { pageParts } from './page/parts.ts';
import { createPage } from './page/server.ts';
import { setStage } from './page/stage.ts';
import { startTelegram } from './telegram/telegram.ts';

export interface SandboxOptions {
  /** Told in one line each what was started. */
  readonly log?: (line: string) => void;
}

export interface Sandbox {
  readonly token: string;
  /** Root of the local Bot API, without a slash at the end. */
  readonly telegramUrl: string;
  /** Lists of the newsroom. */
  readonly sources: Readonly<Record<Tongue, string>>;
  /** Answers for the page and, so that one reachable port is enough, for the newsroom's pages. */
  readonly handle: RequestListener;
  stop(): Promise<void>;
}

/** Starts everything but the page's own port, on free ports of this machine. */
export async function startSandbox({ log = () => undefined }: SandboxOptions = {}): Promise<Sandbox> {
  const now = Date.now();
  const telegram = await startTelegram();
  const newsroom = await startNewsroom({
    marks: { openGraph: true, canonical: true, hreflang: true, time: true },
    // Rises by the day as on the real site, so that no id of yesterday names a story of today.
    firstId: 200_000 + (Math.floor(now / 60_000) % 10_000_000),
  });
  const stage = setStage(telegram, newsroom, now);
  const page = await createPage({
    parts: pageParts(stage, Date.now),
    acts: pageActs(stage),
    documents: {
      'samples.json': SAMPLES.map((sample) => ({
        key: sample.key,
        follows: sample.follows,
        piece: pieceOf(sample),
      })),
    },
    otherwise: (request, response) => newsroom.answer(request, response),
  });
  log(`Sandbox: a local Telegram at ${telegram.url} and an invented newsroom at ${newsroom.url}`);
  return {
    token: telegram.token,
    telegramUrl: telegram.url,
    sources: newsroom.sources,
    handle: page.handle,
    async stop() {
      page.close();
      await Promise.all([telegram.close(), newsroom.close()]);
    },
  };
}
