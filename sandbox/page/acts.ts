/** Everything that a person can do on the sandbox page, checked at the door. */
import { isTongue } from '../newsroom/words.ts';
import { refusal } from '../refusal.ts';
import { type Body, numberOf, objectOf, plain, textOf } from './body.ts';
import { newsroomActs } from './newsroom-acts.ts';
import type { Act } from './server.ts';
import { TROUBLES } from './levers.ts';
import { PLACES, type Place, type Reader, READERS, type Stage } from './stage.ts';
import { isStartPayload } from '../telegram/links.ts';
import type { ChatClient, Person } from '../telegram/telegram.ts';

/** Minsk's main square, where a shared location is. */
const SOMEWHERE = { latitude: 53.8938, longitude: 27.5472 };

/** Data of the buttons under news that open a story whole. */
const OPENS = /^(?:read|show):/;
/** A message has disappeared by then, ms. */
const GONE_MS = 48 * 3_600_000;

/** `reset` makes the whole world anew. */
export const pageActs = (stage: Stage, reset: () => Promise<void>): Readonly<Record<string, Act>> => ({
  ...chatActs(stage),
  ...inlineActs(stage),
  ...placeActs(stage),
  ...newsroomActs(stage),
  ...leverActs(stage),
  async form(body) {
    const { tongue } = body;
    if (!isTongue(tongue)) throw new Error('No such language');
    return { chat: await stage.gallery.chat(textOf(body, 'form', 64), tongue) };
  },
  'reset-all': () => reset(),
});

/** Acts of a reader or an editor in the chat that is open. */
function chatActs(stage: Stage): Readonly<Record<string, Act>> {
  const { people, steps } = stage;
  return {
    send(body) {
      const text = textOf(body, 'text', 4096);
      const place = placeOf(body);
      // Whoever looks at the page is its operator, and is answered in its language.
      const { language } = body;
      if (body['chat'] === 'operator' && isTongue(language)) people.operator.speak(language);
      if (!place) readerOf(stage, body).send(text);
      else if (place === 'group') stage.places.group.say(people.editor, text, threadOf(body));
      else stage.places[place].post(people.editor, text);
    },
    begin(body) {
      readerOf(stage, body).start(plain(body['payload']));
      stage.blocked.delete(readerNameOf(body));
    },
    block(body) {
      stage.blocked.add(readerNameOf(body));
      readerOf(stage, body).block();
    },
    unblock(body) {
      stage.blocked.delete(readerNameOf(body));
      readerOf(stage, body).unblock();
    },
    async press(body) {
      const place = placeOf(body);
      const person = place ? people.editor : readerOf(stage, body);
      const chat = place ? { chat: stage.places[place].id } : {};
      const data = textOf(body, 'data', 64);
      const answer = await person.press(numberOf(body, 'message'), { data }, chat);
      if (!answer) throw refusal('silent');
      if (OPENS.test(data)) steps.add('read');
      return { text: answer.text, alert: answer.showAlert ?? false, url: answer.url };
    },
    keyboard(body) {
      const person = readerOf(stage, body);
      const button = objectOf(body, 'button');
      if (button['kind'] === 'location') person.shareLocation(SOMEWHERE.latitude, SOMEWHERE.longitude);
      else if (button['kind'] === 'chat') shareChat(stage, person, button);
      else person.tap(textOf(button, 'text', 4096));
    },
    'deep-link': (body) => followLink(stage, body),
  };
}

/** Acts on what is found inline. */
function inlineActs({ people, places }: Stage): Readonly<Record<string, Act>> {
  const finds = new Map<Reader, { query: string; results: readonly { id: string; type: string }[] }>();
  return {
    async inline(body) {
      const reader = readerNameOf(body);
      const query = typeof body['words'] === 'string' ? body['words'].slice(0, 256) : '';
      const answer = await people[reader].inline(query);
      const results = answer?.results ?? [];
      finds.set(reader, { query, results });
      return {
        results: results.map(foundView),
        button: switchView(answer?.button),
      };
    },
    choose(body) {
      const reader = readerNameOf(body);
      const found = finds.get(reader);
      const result = found?.results.find(({ id }) => id === body['result']);
      if (!found || !result) throw refusal('gone');
      const { group } = places;
      const elsewhere = body['into'] === 'group';
      if (elsewhere && !group.members().includes(people[reader].id)) throw refusal('no-group');
      people[reader].chosen(result, found.query, elsewhere ? { chat: group.id } : {});
    },
  };
}

/** Acts of an editor with the bot in a channel or group. */
function placeActs(stage: Stage): Readonly<Record<string, Act>> {
  const { telegram, people } = stage;
  return {
    'forward-post'(body) {
      people.editor.forward(requirePlace(stage, body).id, numberOf(body, 'message'));
    },
    'add-bot'(body) {
      const rights = Array.isArray(body['rights']) ? body['rights'].map(String) : [];
      const chat = requirePlace(stage, body);
      if (!chat.members().includes(telegram.bot.id))
        chat.addBot(rights.length ? rights : undefined, people.editor);
    },
    /** Gives or takes one right; the page may not know yet what became of the others. */
    right(body) {
      const chat = requirePlace(stage, body);
      const right = textOf(body, 'right', 64);
      const others = chat.botRights().filter((other) => other !== right);
      chat.setBotRights(body['on'] === true ? [...others, right] : others, people.editor);
    },
    'remove-bot': (body) => requirePlace(stage, body).removeBot(people.editor),
  };
}

function leverActs(stage: Stage): Readonly<Record<string, Act>> {
  const { levers, steps, crowd, machine, people, clock } = stage;
  return {
    kill() {
      levers.kill();
      steps.add('pull');
    },
    trouble(body) {
      const trouble = TROUBLES.find((known) => known === body['kind']);
      if (!trouble) throw new Error('No such trouble');
      levers.set(trouble, body['on'] === true);
    },
    flood: () => levers.flood(),
    async forward(body) {
      const { hour, ms, digest } = body;
      const by = digest === true ? await untilDigest(stage) : isHour(hour) ? hour : forwardOf(ms);
      await stage.during(levers.forward(by));
      if (clock.ahead() >= GONE_MS) steps.add('clock');
    },
    async crowd(body) {
      const count = numberOf(body, 'count');
      if (count < 1) throw new Error('count is missing');
      await stage.during(crowd.grow(count));
    },
    async record(body) {
      const reader = READERS.find((known) => known === body['chat']);
      return {
        record: reader && (await machine.record(people[reader].id)),
        // Nobody can tell then whether there is one.
        away: machine.isStoreAway(),
      };
    },
  };
}

const isHour = (hour: unknown): hour is string =>
  typeof hour === 'string' && /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(hour);

/** Ms until the next digest of anybody has begun. */
async function untilDigest({ machine, clock }: Stage): Promise<number> {
  if (machine.isStoreAway()) throw refusal('away');
  const at = await machine.nextDigest(clock.now());
  if (at === undefined) throw refusal('no-digest');
  return at - clock.now() + 1000;
}

/** Two days and a half: beyond that nothing new happens. */
const FARTHEST_MS = 60 * 3_600_000;

function forwardOf(ms: unknown): number {
  if (typeof ms !== 'number' || !(ms > 0 && ms <= FARTHEST_MS)) throw new Error('ms is missing');
  return ms;
}

const placeOf = (body: Body): Place | undefined => PLACES.find((place) => place === body['chat']);

function requirePlace(stage: Stage, body: Body): ChatClient {
  const place = placeOf(body);
  if (!place) throw new Error('No such chat');
  return stage.places[place];
}

/** The chat that an editor picks: of the channels the one that is without the bot, where there is one. */
function placeFor({ places, telegram }: Stage, channel: boolean): ChatClient {
  if (!channel) return places.group;
  return places.channel.members().includes(telegram.bot.id) ? places.second : places.channel;
}

/** Owner of the phone; in a channel or group the editor acts. */
function readerNameOf(body: Body): Reader {
  if (placeOf(body)) return 'editor';
  const reader = READERS.find((known) => known === body['chat']);
  if (!reader) throw new Error('No such reader');
  return reader;
}

const readerOf = (stage: Stage, body: Body): Person => stage.people[readerNameOf(body)];

function threadOf(body: Body): { thread?: number } {
  const thread = body['thread'];
  return typeof thread === 'number' && thread > 0 ? { thread } : {};
}

function shareChat(stage: Stage, person: Person, button: Body): void {
  const chat = placeFor(stage, button['channel'] === true);
  if (person.id !== stage.people.editor.id) throw refusal('no-admin');
  person.shareChat(numberOf(button, 'request'), chat.id);
}

/** Follows a link to the bot as Telegram does: start it, or add it somewhere. Tells whose phone shows what follows. */
function followLink(stage: Stage, body: Body): { person?: Reader } {
  const payload = plain(body['payload']);
  const reader = readerNameOf(body);
  if (body['kind'] === 'start') {
    stage.people[reader].start(payload);
    stage.blocked.delete(reader);
    return { person: reader };
  }
  if (payload && !isStartPayload(payload)) throw new Error('No such link');
  if (reader !== 'editor') throw refusal('no-admin');
  const channel = body['kind'] === 'startchannel';
  const place = placeFor(stage, channel);
  if (!place.members().includes(stage.telegram.bot.id))
    place.addBot(channel ? ['can_post_messages'] : undefined, stage.people.editor);
  if (!channel && payload)
    place.say(stage.people.editor, `/start@${stage.telegram.bot.username ?? ''} ${payload}`);
  return {};
}

const foundView = (result: Body) => ({
  id: result['id'],
  title: plain(result['title']),
  description: plain(result['description']),
});

function switchView(button: unknown) {
  if (typeof button !== 'object' || button === null) return undefined;
  const { text, start_parameter: start } = button as Body;
  return { text: plain(text), start: typeof start === 'string' ? start : undefined };
}
