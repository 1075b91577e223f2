/** Every form of message that news can have, each from the same few stories: what the sandbox's gallery shows. */
import type { Form, FormCall, FormScene, Told } from '#sandbox/machine.ts';
import type { Block } from '../news/article.ts';
import type { Edition } from '../news/edition.ts';
import type { Message } from '../news/message.ts';
import type { Story } from '../news/story.ts';
import { DEFAULT_SETTINGS } from '../news/settings.ts';
import type { BulletinKind } from '../render/bulletin.ts';
import { loadWords } from '../render/locale.ts';
import { renderBulletin, renderPage, renderStory, type View } from '../render/message.ts';
import { dayOf } from '../source/dates.ts';
import { sendParams } from '../telegram/wire.ts';

/** Changes that a form makes to an ordinary reader's view of the news. */
type Look = Partial<View>;

interface Material {
  readonly story: Story;
  readonly all: readonly Story[];
  readonly view: (look?: Look) => View;
}

/** A form by its messages; the second one is what became of the first, or answers it. */
type Draw = (material: Material) => readonly Message[];

interface Row {
  readonly draw: Draw;
  readonly to?: 'channel';
  readonly second?: 'edit' | 'reply';
}

const locales = loadWords();

const one =
  (look: Look = {}, change: Partial<Story> = {}): Draw =>
  ({ story, view }) => [renderStory({ ...story, ...change }, view(look), locales)];

const opened =
  (look: Look): Draw =>
  ({ story, view }) => [renderPage(story, 0, view(look), locales)];

const several =
  (kind: BulletinKind, count: number, look: Look = {}): Draw =>
  ({ all, view }) =>
    renderBulletin(all.slice(0, count), view(look), kind, locales);

const CHANNEL: Look = { kind: 'channel', hashtags: true, signature: { text: 'Наш двор' } };

const ROWS: Readonly<Record<string, Row>> = {
  story: { draw: one() },
  headline: { draw: one({ style: 'headline' }) },
  full: { draw: one({ style: 'full' }) },
  read: { draw: opened({}) },
  article: { draw: opened({ articles: true }) },
  flash: { draw: one({}, { urgent: true }) },
  correction: {
    draw: (set) => [...one({}, { headline: hasty(set.story) })(set), ...one({ edited: true }, AGAIN)(set)],
    second: 'edit',
  },
  withdrawal: {
    draw: (set) => [...one()(set), ...one({ edited: true }, { withdrawn: true })(set)],
    second: 'edit',
  },
  'follow-up': {
    draw: (set) => [...one()(set), ...one()({ ...set, story: set.all[1] ?? set.story })],
    second: 'reply',
  },
  paid: { draw: one({}, { access: 'paid', body: [] }) },
  bulletin: { draw: several('bulletin', 4) },
  quiet: { draw: several('quiet', 4) },
  digest: { draw: several('digest', 9) },
  'rich-digest': { draw: several('digest', 9, { articles: true }) },
  channel: { draw: one(CHANNEL), to: 'channel' },
  'channel-digest': { draw: several('digest', 6, CHANNEL), to: 'channel' },
  hidden: { draw: one({ hide: true }) },
  neutral: {
    draw: (set) => [
      ...one({}, attributed(set.story))(set),
      ...one({ neutral: true }, attributed(set.story))(set),
    ],
  },
  lacinka: { draw: one({ script: 'lacinka' }) },
};

/** The names of all forms; a test holds that each has an address on the page. @public */
export const FORMS = Object.keys(ROWS);

const AGAIN: Partial<Story> = { revision: 1 };

const SAID: Readonly<Record<Edition, string>> = {
  be: 'Пра гэта агенцтву «Позірк» расказалі ў мэрыі.',
  ru: 'Об этом агентству «Позірк» рассказали в мэрии.',
  en: 'The town hall told the Pozirk news agency about it.',
};

/** A story that names the agency: without its name one sees what has changed. */
const attributed = ({ lead, edition }: Story): Partial<Story> => ({ lead: `${lead} ${SAID[edition]}` });

/** A headline as it went out in haste. */
const hasty = ({ headline }: Story): string => headline.split(' ').slice(0, -1).join(' ');

/** A form by its name; undefined: there is none. */
export function formOf(name: string, { stories, now, bot }: FormScene): Form | undefined {
  const row = Object.hasOwn(ROWS, name) ? ROWS[name] : undefined;
  if (!row) return undefined;
  const [first] = stories;
  const { tongue: edition } = first;
  const all = stories.map(asStory);
  const view = (look: Look = {}): View => ({
    ...DEFAULT_SETTINGS,
    edition,
    kind: 'person',
    now,
    bot,
    ...look,
  });
  const messages = row.draw({ story: asStory(first, 0), all, view });
  return { to: row.to ?? 'person', calls: messages.map((message, at) => callOf(message, at, row)) };
}

const callOf = (message: Message, at: number, { second }: Row): FormCall => ({
  params: { ...sendParams({ id: 0, kind: 'person' }, message) },
  ...(at > 0 && second ? { as: second } : {}),
});

/** A story as the bot would have read it. */
export function asStory(told: Told, at: number): Story {
  const { tongue, link, headline, lead, body, rubrics, picture } = told;
  return {
    id: `gallery${String(at).padStart(3, '0')}`,
    edition: tongue,
    revision: 0,
    headline,
    lead,
    body: blocksOf(body),
    day: dayOf(told.at),
    publishedAt: told.at,
    firstSeenAt: told.at,
    link,
    ...(picture ? { picture } : {}),
    rubrics,
    access: 'free',
    urgent: false,
    withdrawn: false,
  };
}

function blocksOf(body: string): Block[] {
  const blocks: Block[] = [];
  for (const line of body.split('\n').filter(Boolean)) {
    const last = blocks.at(-1);
    if (!line.startsWith('- '))
      blocks.push(
        line.startsWith('## ') ? { kind: 'subhead', text: line.slice(3) } : { kind: 'paragraph', text: line },
      );
    else if (last?.kind === 'list')
      blocks.splice(-1, 1, { kind: 'list', items: [...last.items, line.slice(2)] });
    else blocks.push({ kind: 'list', items: [line.slice(2)] });
  }
  return blocks;
}
