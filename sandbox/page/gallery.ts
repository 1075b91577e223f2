/** Every form of message, by its address: drawn by the bot, sent through a Telegram of its own, so that nothing else moves. */
import type { FormCall, Machine, Told } from '../machine.ts';
import { linkedId, type Version } from '../newsroom/archive.ts';
import type { Newsroom } from '../newsroom/newsroom.ts';
import { picturePath } from '../newsroom/pages.ts';
import type { Tongue } from '../newsroom/words.ts';
import type { SandboxClock } from '../telegram/clock.ts';
import { type ChatClient, type Person, startTelegram, type Telegram } from '../telegram/telegram.ts';
import { messagesOf } from './view.ts';

export interface GalleryScene {
  readonly newsroom: Newsroom;
  readonly clock: SandboxClock;
  readonly machine: Pick<Machine, 'form'>;
}

export interface Gallery {
  /** The chat in which a form stands alone. */
  chat(form: string, tongue: Tongue): Promise<object>;
  close(): Promise<void>;
}

export function createGallery({ newsroom, clock, machine }: GalleryScene): Gallery {
  let opened: Promise<Telegram> | undefined;

  async function open(): Promise<Telegram> {
    const telegram = await startTelegram({ clock });
    telegram.rich.ownHosts = [newsroom.url];
    return telegram;
  }

  return {
    async chat(form, tongue) {
      const [first, ...others] = storiesOf(newsroom, tongue);
      const telegram = await (opened ??= open());
      const bot = telegram.bot.username ?? '';
      const drawn = first && machine.form(form, { stories: [first, ...others], now: clock.now(), bot });
      if (!drawn) throw new Error(`No form is called ${form}`);
      const channel = drawn.to === 'channel';
      const chat = channel ? openChannel(telegram) : openPhone(telegram, tongue);
      let last: number | undefined;
      for (const call of drawn.calls) last = await send(telegram, chat.id, call, last);
      return {
        kind: channel ? 'channel' : 'private',
        title: channel ? CHANNEL : telegram.bot.first_name,
        still: true,
        messages: messagesOf(chat.messages(), undefined, newsroom),
      };
    },
    async close() {
      await (await opened)?.close();
    },
  };
}

const CHANNEL = 'Наш двор';

function openPhone(telegram: Telegram, language: Tongue): Person {
  const [id = 0] = telegram.people(1, { language });
  return telegram.person({ id });
}

function openChannel(telegram: Telegram): ChatClient {
  const channel = telegram.channel({ title: CHANNEL });
  channel.addBot(['can_post_messages']);
  return channel;
}

/** Id of the message that the next call means. */
async function send(
  telegram: Telegram,
  chat: number,
  { params, as }: FormCall,
  before: number | undefined,
): Promise<number> {
  const rich = params['rich_message'] !== undefined;
  const method = as === 'edit' ? 'editMessageText' : rich ? 'sendRichMessage' : 'sendMessage';
  const meant =
    as === 'edit'
      ? { message_id: before }
      : as === 'reply'
        ? { reply_parameters: { message_id: before } }
        : {};
  const answer = await telegram.handle(telegram.token, method, { ...params, chat_id: chat, ...meant });
  if (!answer.ok) throw new Error(answer.description);
  return (answer.result as { message_id: number }).message_id;
}

/** Stories that stand on the site and can be read whole, newest first; one with a picture and most to say leads. */
function storiesOf(newsroom: Newsroom, tongue: Tongue): Told[] {
  const versions = newsroom
    .stories()
    .filter((one) => one.tongue === tongue && one.status === 200 && !one.draft.paid)
    .toSorted((a, b) => b.publishedAt - a.publishedAt);
  const weight = ({ draft }: Version) => (draft.picture ? draft.body.length : 0);
  const [lead] = versions.toSorted((a, b) => weight(b) - weight(a));
  const told = (version: Version): Told => ({
    tongue,
    link: newsroom.link(linkedId(version)),
    at: version.publishedAt,
    headline: version.draft.headline,
    lead: version.draft.lead,
    body: version.draft.body,
    rubrics: version.draft.rubric.split(', ').filter(Boolean),
    ...(version.draft.picture
      ? { picture: { url: newsroom.url + picturePath(version), credit: version.draft.picture.credit } }
      : {}),
  });
  return lead ? [lead, ...versions.filter((one) => one !== lead)].map(told) : [];
}
