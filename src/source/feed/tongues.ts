/** Texts in several languages at once, as plug-ins of sites keep them and some feeds show them. */

/** `[:be]…[:ru]…[:]`, `<!--:be-->…<!--:-->`, `{mlang be}…{mlang}`. */
const MARK = /\[:([a-z]{2})?\]|<!--:([a-z]{2})?-->|\{mlang(?:\s+([a-z]{2}))?\}/gi;

/** The text in the language of `code`, or else in its first one; what is marked as none stays. */
export function inTongue(text: string, code: string | undefined): string {
  const marks = [...text.matchAll(MARK)];
  const tongues = marks.map(([, ...codes]) => codes.find(Boolean)?.toLowerCase());
  const own = tongues.find((each) => each !== undefined && each === code) ?? tongues.find(Boolean);
  if (!own) return text;
  const pieces = marks.map(({ 0: mark, index }, at) => ({
    tongue: tongues[at],
    said: text.slice(index + mark.length, marks[at + 1]?.index),
  }));
  const kept = pieces.filter(({ tongue }) => tongue === undefined || tongue === own);
  return text.slice(0, marks[0]?.index) + kept.map(({ said }) => said).join('');
}
