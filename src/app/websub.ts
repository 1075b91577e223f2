/**
 * WebSub (https://www.w3.org/TR/websub/): a feed that names a hub is told to us by it. What the hub sends only makes us look
 * at the source ourselves; it is never news. Nothing is stored: the address that a hub calls proves by itself what was
 * asked for, so any process can answer, and each reader of a feed asks again.
 */
import { createHmac } from 'node:crypto';
import { bounded } from '../bounded.ts';
import { sameSecret } from '../http.ts';
import { EDITIONS, type Edition } from '../news/edition.ts';
import type { Hub } from '../source/item.ts';
import type { Fetcher } from '../source/fetch/fetch.ts';
import { type Clock, DAY, HOUR, MINUTE, SECOND } from '../time.ts';
import type { Logger } from '../log.ts';

/** Asked for; a hub may give less, or more. */
const LEASE_MS = 10 * DAY;
/** A hub that has not called back by then, or could not be reached, is asked again, one that refused much later. */
const AGAIN_MS = { silent: 10 * MINUTE, refused: 6 * HOUR } as const;

export type WebSub = ReturnType<typeof createWebSub>;

/** @param callback address of ours that the hub calls. @param secret known to nobody else; others are made of it. */
export function createWebSub(callback: string, secret: string, clock: Clock, log: Logger) {
  const made = (...parts: readonly string[]) =>
    createHmac('sha256', secret)
      .update(JSON.stringify(['websub', ...parts]))
      .digest('hex');
  /** When a topic is to be asked for again, in ticks; a feed may name another one each time. */
  const dueAt = bounded<string, number>(100);

  return {
    /** Asks the hub to tell us of `edition`, where it is time. */
    async keep(edition: Edition, { hub, topic }: Hub, fetcher: Fetcher): Promise<void> {
      const now = clock.ticks();
      const name = `${edition} ${topic}`;
      if ((dueAt.get(name) ?? now) > now) return;
      dueAt.set(name, now + AGAIN_MS.silent);
      const tag = made(edition, topic);
      const told = await fetcher.tell(hub, {
        'hub.mode': 'subscribe',
        'hub.topic': topic,
        'hub.callback': `${callback}?edition=${edition}&tag=${tag}`,
        'hub.secret': made('body', edition, tag),
        'hub.lease_seconds': String(LEASE_MS / SECOND),
      });
      if (told.ok) return;
      if (told.fault.code === 'source.status') dueAt.set(name, now + AGAIN_MS.refused);
      log.warn({ edition, code: told.fault.code, detail: told.fault.detail }, 'a hub does not take us');
    },
    /** The hub asks whether it was we who asked: the text to answer with; undefined: it was not. */
    verify(query: URLSearchParams): string | undefined {
      const edition = editionIn(query);
      const topic = query.get('hub.topic') ?? '';
      const challenge = query.get('hub.challenge') ?? '';
      if (!edition || !sameSecret(query.get('tag') ?? '', made(edition, topic))) return undefined;
      const name = `${edition} ${topic}`;
      if (query.get('hub.mode') === 'denied') {
        dueAt.set(name, clock.ticks() + AGAIN_MS.refused);
        return '';
      }
      if (query.get('hub.mode') !== 'subscribe' || challenge === '') return undefined;
      const lease = Number(query.get('hub.lease_seconds')) * SECOND || DAY;
      // Renewed at half of its time.
      dueAt.set(name, clock.ticks() + Math.max(lease / 2, AGAIN_MS.silent));
      log.info({ edition }, 'a hub tells of news from now on');
      return challenge;
    },
    /** The edition that something is said about; undefined: it is not signed as we asked for. */
    async heard(
      query: URLSearchParams,
      signature: string,
      body: AsyncIterable<Buffer>,
    ): Promise<Edition | undefined> {
      const edition = editionIn(query);
      const key = made('body', edition ?? '', query.get('tag') ?? '');
      return edition && (await isSigned(body, signature, key)) ? edition : undefined;
    },
  };
}

/** A forged signature would cost one look: the weakest that hubs sign with is strong enough. */
const SIGNATURE = /^(sha1|sha256|sha384|sha512)=([0-9a-f]+)$/i;

/** Reads the body only where the signature is one. */
async function isSigned(body: AsyncIterable<Buffer>, signature: string, key: string): Promise<boolean> {
  const [, method, given = ''] = SIGNATURE.exec(signature) ?? [];
  if (method === undefined) return false;
  const signed = createHmac(method.toLowerCase(), key);
  for await (const part of body) signed.update(part);
  return sameSecret(given.toLowerCase(), signed.digest('hex'));
}

const editionIn = (query: URLSearchParams): Edition | undefined =>
  EDITIONS.find((edition) => edition === query.get('edition'));
