/** The newsroom's archive: pieces in up to three languages, each version under ids of its own. */
import { type Tongue, TONGUES } from './words.ts';

/** A story in one language, as an editor writes it. */
export interface Draft {
  readonly headline: string;
  /** First paragraph without the dateline, which the newsroom adds; may be empty. */
  readonly lead: string;
  /** One paragraph a line; `## ` begins a subhead, `- ` a list item. */
  readonly body: string;
  /** One rubric or several, comma-joined. */
  readonly rubric: string;
  /** The word for urgent stands among the rubrics. */
  readonly urgent?: boolean;
  /** A picture with this credit; an empty credit is a picture without one. */
  readonly picture?: { readonly credit: string };
  /** `true`: only for POZIRK+, not linked from the list; `linked`: linked, but the page ends after the lead. */
  readonly paid?: boolean | 'linked';
  /** Id of the earlier story, in any language, that this one continues. */
  readonly relatedTo?: number;
  /** Replaces the usual dateline; empty: none at all. */
  readonly dateline?: string;
}

/** One story in up to three languages. */
export type Piece = { readonly [tongue in Tongue]?: Draft };

/** The ids that a piece got, one a language. */
export type PieceIds = { [tongue in Tongue]?: number };

/** One language version of a piece, as the site shows it. */
export interface Version {
  readonly tongue: Tongue;
  /** Every id that it answers under; the list links the last. */
  readonly ids: readonly number[];
  readonly piece: number;
  readonly draft: Draft;
  /** Its text before each correction, the oldest first. */
  readonly earlier: readonly Draft[];
  /** ms since the epoch. */
  readonly publishedAt: number;
  readonly changedAt: number;
  /** Gone from the list. */
  readonly unlisted: boolean;
  /** The status of its page: 200, or 404 or 410 once it was withdrawn. */
  readonly status: 200 | 404 | 410;
}

/** Where a withdrawal shows, and with which status; both places and 404 unless told otherwise. */
export interface Withdrawal {
  readonly from?: 'both' | 'page' | 'list';
  readonly status?: 404 | 410;
}

/** The newsroom's own memory. Ids are given as on the real site: rising, with gaps, shared by all languages. */
export interface Archive {
  publish(piece: Piece, at: number): PieceIds;
  correct(id: number, patch: Partial<Draft>, at: number): void;
  withdraw(id: number, how: Withdrawal, at: number): void;
  restore(id: number, at: number): void;
  /** One more id for the same text; the list links it from now on. */
  alias(id: number): number;
  /** Every version gets a new id, and the old ones answer 404. */
  reset(at: number): void;
  find(id: number): Version | undefined;
  /** The version that `/{tongue}/news/{id}` shows: an id of another language leads to the translation. */
  read(tongue: Tongue, id: number): Version | undefined;
  /** Rows of a language's list, newest first. */
  list(tongue: Tongue): readonly Version[];
  versionsOf(piece: number): readonly Version[];
  all(): readonly Version[];
}

export function createArchive(firstId = 201_904): Archive {
  let versions: Version[] = [];
  let nextId = firstId;
  let nextPiece = 1;
  const takeId = (): number => {
    const id = nextId;
    // The real site burns ids for other things as well, so neighbours are never one apart for long.
    nextId += 1 + ((id * 7) % 5);
    return id;
  };
  const find = (id: number) => versions.find(({ ids }) => ids.includes(id));
  const change = (id: number, next: (version: Version) => Partial<Version>): void => {
    if (!find(id)) throw new RangeError(`The newsroom has no story ${id}`);
    versions = versions.map((version) =>
      version.ids.includes(id) ? { ...version, ...next(version) } : version,
    );
  };
  return {
    publish(piece, at) {
      const number = nextPiece++;
      const given: PieceIds = {};
      for (const tongue of TONGUES) {
        const draft = piece[tongue];
        if (!draft) continue;
        const id = takeId();
        given[tongue] = id;
        versions.push({
          tongue,
          ids: [id],
          piece: number,
          draft,
          earlier: [],
          publishedAt: at,
          changedAt: at,
          unlisted: false,
          status: 200,
        });
      }
      return given;
    },
    correct: (id, patch, at) =>
      change(id, ({ draft, earlier }) => ({
        draft: { ...draft, ...patch },
        earlier: [...earlier, draft],
        changedAt: at,
      })),
    withdraw: (id, { from = 'both', status = 404 }, at) =>
      change(id, (version) => ({
        unlisted: version.unlisted || from !== 'page',
        status: from === 'list' ? version.status : status,
        changedAt: at,
      })),
    restore: (id, at) => change(id, () => ({ unlisted: false, status: 200, changedAt: at })),
    alias(id) {
      const added = takeId();
      change(id, ({ ids }) => ({ ids: [...ids, added] }));
      return added;
    },
    reset(at) {
      nextId += 40_000;
      versions = renumbered(versions, takeId, at);
    },
    find,
    read(tongue, id) {
      const named = find(id);
      if (!named || named.tongue === tongue) return named;
      return versions.find((version) => version.piece === named.piece && version.tongue === tongue);
    },
    list: (tongue) =>
      versions
        .filter((version) => version.tongue === tongue && !version.unlisted)
        .sort((a, b) => b.publishedAt - a.publishedAt || b.piece - a.piece),
    versionsOf: (piece) => versions.filter((version) => version.piece === piece),
    all: () => versions,
  };
}

/** Versions under new ids, and linked to one another by these. */
function renumbered(versions: readonly Version[], takeId: () => number, at: number): Version[] {
  const fresh = new Map(versions.map((version) => [version, takeId()]));
  return versions.map((version) => {
    const { relatedTo, ...draft } = version.draft;
    const earlier = versions.find(({ ids }) => relatedTo !== undefined && ids.includes(relatedTo));
    const related = earlier && fresh.get(earlier);
    return {
      ...version,
      ids: [fresh.get(version) ?? takeId()],
      draft: related === undefined ? draft : { ...draft, relatedTo: related },
      changedAt: at,
    };
  });
}

/** The id that links use: the newest of a version. */
export const linkedId = ({ ids }: Version): number => ids.at(-1) ?? 0;
