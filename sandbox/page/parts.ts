/** The state of the sandbox page, part by part. */
import {
  newsroomPart,
  PLACES,
  type Place,
  type Reader,
  READERS,
  type Stage,
  STEPS,
  visitsPart,
} from './stage.ts';
import type { Parts } from './server.ts';
import { ephemeralOf, keyboardOf, messagesOf } from './view.ts';

/** Facts that take a call to the local Telegram and change seldom. */
interface Slow {
  readonly commands: ReadonlyMap<Reader, readonly unknown[]>;
  readonly about: ReadonlyMap<Reader, string>;
}

/** How long an answer to such a call is believed, ms. */
const BELIEVED = 1000;

/** Gives the present state; ask as often as you like. */
export function pageParts(stage: Stage): () => Parts {
  const { telegram, machine, levers, clock } = stage;
  let slow: Slow = { commands: new Map(), about: new Map() };
  let askedAt = Number.NEGATIVE_INFINITY;

  function refresh(): void {
    if (performance.now() - askedAt < BELIEVED) return;
    askedAt = performance.now();
    void askSlow(stage).then(
      (answer) => {
        slow = answer;
      },
      () => undefined,
    );
  }

  return () => {
    refresh();
    return {
      bot: { username: telegram.bot.username, running: (telegram.counters().calls['getupdates'] ?? 0) > 0 },
      machine: {
        instances: machine.instances(),
        incidents: machine.incidents(),
        troubles: levers.on(),
        isOpen: stage.isOpen,
      },
      clock: { ahead: clock.ahead(), moving: levers.isMoving() },
      steps: STEPS.filter((step) => stage.steps.has(step)),
      crowd: stage.crowd.part(),
      timeline: stage.timeline(),
      people: READERS,
      places: PLACES,
      newsroom: newsroomPart(stage),
      visits: visitsPart(stage),
      ...Object.fromEntries(READERS.map((reader) => [`chat:${reader}`, readerPart(stage, slow, reader)])),
      ...Object.fromEntries(PLACES.map((place) => [`chat:${place}`, placePart(stage, place)])),
    };
  };
}

function readerPart(stage: Stage, slow: Slow, reader: Reader) {
  const { telegram, newsroom, people } = stage;
  const person = people[reader];
  const views = person.messages();
  const blocked = stage.blocked.has(reader);
  const begun = person.history().length > 0;
  return {
    key: reader,
    kind: 'private',
    title: telegram.bot.first_name,
    blocked,
    speaks: people[reader].user.language_code,
    begin: blocked ? 'again' : begun ? undefined : 'start',
    about: slow.about.get(reader) ?? '',
    inline: telegram.bot.username,
    commands: slow.commands.get(reader) ?? [],
    keyboard: keyboardOf(views),
    messages: messagesOf(views, person, newsroom),
  };
}

function placePart({ telegram, newsroom, people, places, topics }: Stage, place: Place) {
  const chat = places[place];
  const subscribers = chat.members().length;
  return {
    key: place,
    kind: place === 'group' ? place : 'channel',
    title: chat.title,
    members: subscribers,
    topics: place === 'group' ? topics : [],
    bot: { present: chat.members().includes(telegram.bot.id), rights: chat.botRights() },
    commands: [],
    messages: [
      ...messagesOf(chat.messages(), place === 'group' ? people.editor : undefined, newsroom),
      ...people.editor
        .ephemeral()
        .filter((wire) => wire.chat.id === chat.id)
        .map((wire) => ephemeralOf(wire, newsroom)),
    ],
  };
}

async function askSlow({ telegram, people }: Stage): Promise<Slow> {
  const commands = new Map<Reader, readonly unknown[]>();
  const about = new Map<Reader, string>();
  const ask = async (method: string, params: Readonly<Record<string, unknown>>): Promise<unknown> => {
    const answer = await telegram.handle(telegram.token, method, params);
    return answer.ok ? answer.result : undefined;
  };
  for (const reader of READERS) {
    const language = people[reader].user.language_code ?? '';
    // The order in which Telegram looks for the commands of a private chat.
    const scopes = [
      { type: 'chat', chat_id: people[reader].id },
      { type: 'all_private_chats' },
      { type: 'default' },
    ];
    for (const [scope, language_code] of scopes.flatMap((scope) => [
      [scope, language] as const,
      [scope, ''] as const,
    ])) {
      const found = await ask('getMyCommands', { scope, language_code });
      if (!Array.isArray(found) || !found.length) continue;
      commands.set(reader, found);
      break;
    }
    const texts = [
      await ask('getMyDescription', { language_code: language }),
      await ask('getMyDescription', { language_code: '' }),
    ];
    const described = texts.map((found) => (found as { description?: string } | undefined)?.description);
    about.set(reader, described.find(Boolean) ?? '');
  }
  return { commands, about };
}
