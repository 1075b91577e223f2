/** A plan for a chat as the message that carries it out. */
import { remembered } from '../../bounded.ts';
import type { Pending, PendingStory, Plan } from '../../news/audience.ts';
import type { Message } from '../../news/message.ts';
import type { Story } from '../../news/story.ts';
import type { Subscriber } from '../../news/subscriber.ts';
import {
  appearanceOf,
  renderAnnouncement,
  renderBulletin,
  renderStory,
  type View,
} from '../../render/message.ts';
import { hashOf } from '../../source/links.ts';
import { MINUTE } from '../../time.ts';
import { viewFrom } from '../chat-view.ts';
import type { Desk } from '../desk.ts';

export type SendPlan = Extract<Plan, { do: 'send' }>;

export interface Composed {
  readonly message: Message;
  /** Stories of the message; can be less than the plan where that exceeds Telegram's limit. */
  readonly items: readonly Pending[];
}

/** A visit that found something to send, and what goes out. */
export interface SendVisit {
  readonly do: 'send';
  readonly subscriber: Subscriber;
  readonly plan: SendPlan;
  readonly composed: Composed;
}

/** The name under which a chat's message id for `item` is kept. */
export const shownAs = (item: Pending): string => (item.kind === 'story' ? item.story.id : item.id);

const marks = new WeakMap<Story, string>();

/** Tells the words of a story from others that had its number: Redis may lose a revision and be given another. */
export const markOn = (story: Story): string =>
  remembered(marks, story, () => {
    const { headline, lead, body, withdrawn } = story;
    return hashOf(JSON.stringify([headline, lead, body, withdrawn])).slice(0, 8);
  });

const storiesOf = ({ items }: SendPlan, most = Number.POSITIVE_INFINITY): PendingStory[] =>
  items.filter((item) => item.kind === 'story').slice(0, most);

/** The story that the only one of a message continues: it may be a reply. */
export function continued(plan: SendPlan, most?: number): string | undefined {
  const [only, ...others] = storiesOf(plan, most);
  return others.length === 0 ? only?.story.follows : undefined;
}

/**
 * Undefined: nothing of the plan can be shown any more. `most`: stories that one message may hold. `replyTo`: the message in
 * this chat that shows what is `continued`, where one is known.
 */
export function compose(
  desk: Desk,
  subscriber: Subscriber,
  plan: SendPlan,
  { most, replyTo }: { readonly most?: number | undefined; readonly replyTo?: number | undefined },
): Composed | undefined {
  const [first] = plan.items;
  if (!first) return undefined;
  const view = viewOfPlan(desk, subscriber, plan);
  const own: Own = plan.silent ? { silent: true } : {};
  if (first.kind === 'announcement')
    return { message: withOwn(renderAnnouncement(first.text, view, desk.locales), own), items: [first] };
  const stories = storiesOf(plan, most);
  if (stories.length > 1) return bulletin(desk, view, plan.form, stories, own);
  const message = renderStory(first.story, view, desk.locales);
  return { message: withOwn(message, replyTo ? { ...own, replyTo } : own), items: [first] };
}

/** Parts of a message that are for this chat alone. */
type Own = Pick<Message, 'silent' | 'replyTo'>;

/** As it was drawn for all where it has nothing of its own: what is the same object is written for Telegram only once. */
const withOwn = (message: Message, own: Own): Message =>
  own.silent || own.replyTo ? { ...message, ...own } : message;

/** A message that is looked for may show a story that was withdrawn since: it is struck through there. */
const viewOfPlan = (desk: Desk, subscriber: Subscriber, { items }: SendPlan): View => {
  const view = viewFrom(desk, subscriber);
  return items.some((item) => item.kind === 'story' && item.story.withdrawn)
    ? { ...view, edited: true }
    : view;
};

/** As many of the newest as one message holds; the rest follows as its own. */
function bulletin(
  desk: Desk,
  view: View,
  form: SendPlan['form'],
  stories: readonly PendingStory[],
  own: Own,
): Composed | undefined {
  const kind = form === 'digest' || form === 'quiet' ? form : 'bulletin';
  for (let count = stories.length; count > 0; count = Math.floor(count * 0.8)) {
    const items = stories.slice(0, count);
    const named = items.map(
      ({ story, followUps }) => `${story.id}.${story.revision}.${story.urgent}.${followUps}`,
    );
    // A whole morning's digest looks the same in most chats. A minute keeps greetings and dates right.
    const minute = Math.floor(desk.clock.now() / MINUTE);
    const key = `${minute} ${kind} ${named.join()} ${appearanceOf(view)}`;
    const messages = remembered(desk.memory.drawings, key, () =>
      renderBulletin(
        items.map(({ story }) => story),
        view,
        kind,
        desk.locales,
        { followUps: followUpsOf(items) },
      ),
    );
    const [message] = messages;
    if (!message) return undefined;
    if (messages.length === 1) return { message: withOwn(message, own), items };
  }
  return undefined;
}

/** Later stories that continue one of `items` and do not stand beside it. */
const followUpsOf = (items: readonly PendingStory[]): ReadonlyMap<string, number> =>
  new Map(
    items.map(({ story, followUps = 0 }) => {
      const beside = items.filter((other) => other.story.follows === story.id).length;
      return [story.id, followUps - beside];
    }),
  );
