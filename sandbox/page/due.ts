/**
 * Which stories everybody must be shown. The newsroom decides, and by the bot's own rules of what is one story: a text that
 * is out already is no news under another address, and one that was withdrawn is back.
 */
import type { Machine, Said } from '../machine.ts';
import type { Draft, Version } from '../newsroom/archive.ts';
import type { Newsroom } from '../newsroom/newsroom.ts';
import { minskIso, type Tongue } from '../newsroom/words.ts';

export interface DueScene {
  readonly newsroom: Newsroom;
  readonly machine: Machine;
}

/** A story on the list. */
export interface Due {
  readonly version: Version;
  /** Nobody is to be sent it: the bot knows the text. */
  readonly again: boolean;
  /** Whoever was sent one of these has the story. */
  readonly same: readonly Version[];
  /** Nobody is to be sent two of these. */
  readonly once: readonly Version[];
}

/** Gives the stories of a language since a moment, the newest first; ask as often as you like. */
export function createDue({ newsroom, machine }: DueScene, tongue: Tongue): (since: number) => Due[] {
  const isRepeat = remembered((version, earlier) => isSaidBy(machine, firstOf(version), earlier));
  const wasKnown = remembered((version) => machine.wasKnown(firstOf(version)));
  /** A repeat beyond doubt: of what the other one says now, and on its day. */
  const isCopy = remembered(
    (version, earlier) =>
      dayOf(version) === dayOf(earlier) &&
      machine.isSame(firstOf(version), saidOf(earlier), !earlier.unlisted),
  );

  return (since) => {
    const versions = newsroom.stories().filter((one) => one.tongue === tongue && isReadable(one));
    /** The first one that stands and says so; itself where that is news. */
    const original = (version: Version) =>
      versions.find((one) => one === version || (one.status === 200 && isRepeat(version, one)));

    function dueOf(version: Version): Due {
      if (original(version) !== version) return { version, again: true, same: [version], once: [] };
      if (wasKnown(version, version)) return { version, again: true, same: [version], once: [version] };
      const at = versions.indexOf(version);
      const before = versions.slice(0, at).filter((one) => isRepeat(version, one));
      const after = versions.slice(at + 1).filter((one) => original(one) === version);
      return {
        version,
        again: false,
        same: [version, ...before, ...after],
        once: [
          version,
          ...before.filter((one) => isCopy(version, one)),
          ...after.filter((one) => isCopy(one, version)),
        ],
      };
    }

    return standing(newsroom, tongue)
      .filter(({ publishedAt }) => publishedAt >= since)
      .map(dueOf);
  };
}

/** Whether what is about to be published is out already. */
export const isOut = ({ newsroom, machine }: DueScene, tongue: Tongue, draft: Draft, at: number): boolean => {
  const said = saidIn(tongue, at, draft);
  return (
    machine.wasKnown(said) || standing(newsroom, tongue).some((version) => isSaidBy(machine, said, version))
  );
};

const standing = (newsroom: Newsroom, tongue: Tongue): Version[] =>
  newsroom.stories(tongue).filter((version) => version.status === 200 && isReadable(version));

/** A story that is only for POZIRK+ and linked from nowhere can be read by nobody outside. */
const isReadable = ({ draft }: Version): boolean => draft.paid !== true;

/** Whether a version says this, or has said it. */
const isSaidBy = (machine: Machine, said: Said, { tongue, publishedAt, draft, earlier, unlisted }: Version) =>
  [...earlier, draft].some((one) => machine.isSame(said, saidIn(tongue, publishedAt, one), !unlisted));

/** A story of POZIRK+ can be read no further than its lead. */
const saidIn = (tongue: Tongue, at: number, { headline, lead, body, paid }: Draft): Said => ({
  tongue,
  at,
  headline,
  lead,
  body: paid ? '' : body,
});

const saidOf = ({ tongue, publishedAt, draft }: Version): Said => saidIn(tongue, publishedAt, draft);
const firstOf = (version: Version): Said =>
  saidOf({ ...version, draft: version.earlier[0] ?? version.draft });
const dayOf = ({ publishedAt }: Version): string => minskIso(publishedAt).slice(0, 10);

/** Asks about each pair once: a version that has changed is another object. */
function remembered(tell: (version: Version, earlier: Version) => boolean) {
  const answers = new WeakMap<Version, WeakMap<Version, boolean>>();
  return (version: Version, earlier: Version): boolean => {
    const known = answers.get(version) ?? new WeakMap<Version, boolean>();
    answers.set(version, known);
    const answer = known.get(earlier) ?? tell(version, earlier);
    known.set(earlier, answer);
    return answer;
  };
}
