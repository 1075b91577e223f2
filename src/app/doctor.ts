/** `npm start -- doctor`: checks everything that the bot stands on, while it runs or not, and changes nothing. */
import type { Config } from '../config/config.ts';
import { refuseStranger } from '../config/data-dir.ts';
import type { Logger } from '../log.ts';
import { openNewsroom } from '../newsroom/current.ts';
import { borrowEmbedded } from '../store/embedded/embedded.ts';
import { openStoreIn } from '../store/open.ts';
import { isStoreTrouble, refusalOf } from '../store/redis.ts';
import { realClock } from '../time.ts';
import { type AppOptions, openDesk } from './app.ts';
import { silenceOf } from './watch.ts';
import { examineChats, examineSources, examineStore, examineTelegram, type Finding } from './findings.ts';

/** Answers whether all is well. */
export async function runDoctor(
  config: Config,
  log: Logger,
  { signal, say }: Required<Pick<AppOptions, 'signal' | 'say'>>,
): Promise<boolean> {
  refuseStranger(config.dataDir);
  openNewsroom(config.source.newsroom);
  await using stack = new AsyncDisposableStack();
  let isWell = true;
  const tell = (findings: readonly Finding[]) => {
    for (const finding of findings) {
      say(`${finding.isWell ? 'ok   ' : 'WRONG'} ${finding.words}`);
      isWell &&= finding.isWell;
    }
  };
  const store = await openStoreIn(config, { log, signal }, stack, borrowEmbedded);
  const desk = openDesk(config, store, { clock: realClock, log, signal }, stack);
  const storeFindings = await examineStore(desk, config).catch((error: unknown) => {
    const refusal = refusalOf(store, error);
    if (!refusal && !isStoreTrouble(error)) throw error;
    return [{ isWell: false, words: refusal?.message ?? `REDIS_URL: ${silenceOf(store, error)}` }];
  });
  tell(storeFindings);
  const telegramFindings = await examineTelegram(desk, config);
  tell(telegramFindings);
  // Where one of them does not answer, that is all there is to say of it, and nothing is known of chats.
  if (storeFindings.length > 1 && telegramFindings.length > 1) tell(await examineChats(desk, config));
  tell(await examineSources(desk, config));
  return isWell;
}
