/** A story on the desk: one of the samples or one's own, in three languages, ready to be published. */
import { el } from './dom.js';
import { option, TONGUES } from './tongues.js';
import { LANGUAGE, t } from './words.js';

/** Fields of a draft, in the order of the form. */
const FIELDS = [
  { id: 'headline', rows: 2 },
  { id: 'lead', rows: 3 },
  { id: 'text', rows: 4, hint: 'text-hint' },
  { id: 'rubrics', rows: 1 },
];
const ALL = TONGUES.map(({ id }) => id);
/** What the newsroom calls these fields. */
const NAMES = { headline: 'headline', lead: 'lead', text: 'body', rubrics: 'rubric' };

/** Who has not typed for so long may be told what the newsroom knows, ms. */
const TYPED_MS = 400;

/** `tongueChanged(tongue)` is called when the desk turns to another language. */
export function createDraft(act, toast, tongueChanged) {
  let tongue = localStorage.getItem('tongue') ?? LANGUAGE;
  let samples = [];
  let drafts = { be: empty(), ru: empty(), en: empty() };
  let sampleKey = '';
  let newsroom;
  /** The desk opens with a story that is not out yet, so it has to know both lists. */
  let opened = false;
  let typed;
  /** Questions so far whether the draft is out already: only the answer to the last one counts. */
  let asked = 0;

  const sampleChoice = el('select', { id: 'sample', onchange: () => useSample(sampleChoice.value) });
  const fields = Object.fromEntries(
    FIELDS.map(({ id, rows }) => [
      id,
      el('textarea', {
        id: `draft-${id}`,
        rows,
        oninput: (event) => {
          drafts[tongue][NAMES[id]] = event.target.value;
          clearTimeout(typed);
          typed = setTimeout(() => void showAgain(), TYPED_MS);
        },
      }),
    ]),
  );
  const tabs = el('div.tabs', { role: 'group', 'aria-label': t('draft-language') });
  const urgent = el('input', { type: 'checkbox' });
  const picture = el('input', { type: 'checkbox' });
  const paid = el(
    'select',
    {},
    option('', t('free')),
    option('linked', t('paid-linked')),
    option('true', t('paid-unlinked')),
  );
  const follows = el('select', {});
  const publish = el(
    'button.solid.publish',
    { type: 'button', id: 'publish', onclick: publishDraft },
    t('publish'),
  );
  const publishOne = el('button.outline', { type: 'button', onclick: () => publishDraft([tongue]) });
  const again = el('p.hint', { hidden: true });
  const element = el(
    'div.card.draft',
    {},
    el('div.next', {}, el('label', { for: 'sample' }, t('story')), sampleChoice, publish),
    again,
    el(
      'details',
      {},
      el('summary', {}, t('change-it')),
      tabs,
      FIELDS.map(({ id, hint }) =>
        el(
          'label.field',
          { for: `draft-${id}` },
          el('span', {}, t(id)),
          fields[id],
          hint ? el('small', {}, t(hint)) : undefined,
        ),
      ),
      el(
        'div.options',
        {},
        el('label.check', {}, urgent, t('urgent')),
        el('label.check', {}, picture, t('picture')),
        el('label.inline', {}, t('access'), paid),
      ),
      el('label.field', {}, el('span', {}, t('continues')), follows),
      el('div.buttons', {}, publishOne),
    ),
  );

  void fetch('samples.json')
    .then((response) => response.json())
    .then((loaded) => {
      samples = loaded;
      openDesk();
    })
    .catch(() => toast(t('samples-failed'), 'bad'));

  function openDesk() {
    if (opened || !samples.length || !newsroom) return;
    opened = true;
    drawSamples();
    useSample(nextSample());
  }

  function drawSamples() {
    sampleChoice.replaceChildren(
      ...samples.map(({ key, piece }) => option(key, piece[tongue].headline)),
      option('', t('own-story')),
    );
    sampleChoice.value = sampleKey;
  }

  function nextSample() {
    const out = new Set(newsroom?.stories.map(({ sample }) => sample) ?? []);
    return samples.find(({ key }) => !out.has(key) && key !== sampleKey)?.key ?? samples[0]?.key ?? '';
  }

  function useSample(key) {
    sampleKey = key;
    const sample = samples.find((other) => other.key === key);
    drafts = sample
      ? Object.fromEntries(TONGUES.map(({ id }) => [id, { ...sample.piece[id] }]))
      : { be: empty(), ru: empty(), en: empty() };
    urgent.checked = drafts.en.urgent ?? false;
    picture.checked = Boolean(drafts.en.picture);
    paid.value = drafts.en.paid ? String(drafts.en.paid) : '';
    const earlier = newsroom?.stories.find((story) => story.sample && story.sample === sample?.follows);
    follows.value = earlier ? String(earlier.piece) : '';
    drawDraft();
    void showAgain();
  }

  function drawDraft() {
    sampleChoice.value = sampleKey;
    for (const { id } of FIELDS) {
      fields[id].value = drafts[tongue][NAMES[id]] ?? '';
      fields[id].lang = tongue;
    }
    publishOne.textContent = t('publish-one', { language: TONGUES.find(({ id }) => id === tongue)?.name });
    tabs.replaceChildren(
      ...TONGUES.map(({ id, name }) =>
        el(
          'button',
          {
            type: 'button',
            lang: id,
            'aria-pressed': String(id === tongue),
            onclick: () => {
              tongue = id;
              localStorage.setItem('tongue', id);
              drawSamples();
              drawDraft();
              tongueChanged(tongue);
              tabs.querySelector('[aria-pressed="true"]').focus();
            },
          },
          name,
        ),
      ),
    );
  }

  /** What would be published in these languages. */
  function pieceOf(tongues) {
    const piece = {};
    for (const id of tongues) {
      if (!drafts[id].headline?.trim()) continue;
      const { headline, lead = '', body = '', rubric = '', picture: credit } = drafts[id];
      piece[id] = {
        headline,
        lead,
        body,
        rubric,
        urgent: urgent.checked,
        ...(picture.checked ? { picture: credit ?? { credit: '' } } : {}),
        ...(paid.value ? { paid: paid.value === 'true' ? true : paid.value } : {}),
      };
    }
    return piece;
  }

  async function publishDraft(only) {
    const piece = pieceOf(Array.isArray(only) ? only : ALL);
    if (!Object.keys(piece).length) {
      toast(t('needs-headline'), 'bad');
      return;
    }
    const done = await act('publish', {
      piece,
      sample: sampleKey,
      follows: Number(follows.value) || undefined,
    });
    if (!done) return;
    toast(t('published'));
    useSample(nextSample());
  }

  let followsState = '';
  function show(next) {
    newsroom = next;
    showFollows();
    void showAgain();
    openDesk();
  }

  /** An open list stays as it is while nothing about it has changed. */
  function showFollows() {
    const choices = newsroom.stories.map(({ piece, versions }) => [
      String(piece),
      versions[tongue]?.headline ?? Object.values(versions)[0]?.headline ?? '',
    ]);
    const state = JSON.stringify(choices);
    if (state === followsState) return;
    followsState = state;
    const chosen = follows.value;
    follows.replaceChildren(option('', t('nothing')), ...choices.map(([piece, text]) => option(piece, text)));
    follows.value = chosen;
  }

  /** Says in which languages this very text is out already. */
  async function showAgain() {
    const piece = pieceOf(ALL);
    const languages = Object.keys(piece);
    asked += 1;
    const own = asked;
    const answer = languages.length ? await act('out-already', { piece }) : undefined;
    if (own !== asked) return;
    const out = TONGUES.filter(({ id }) => answer?.tongues.includes(id)).map(({ name }) => name);
    again.hidden = !out.length;
    again.textContent =
      out.length < languages.length ? t('already-out-in', { languages: out.join(', ') }) : t('already-out');
  }

  drawDraft();
  return { element, show, tongue: () => tongue };
}

const empty = () => ({ headline: '', lead: '', body: '', rubric: '' });
