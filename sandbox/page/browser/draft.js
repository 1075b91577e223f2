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

/** `tongueChanged(tongue)` is called when the desk turns to another language. */
export function createDraft(act, toast, tongueChanged) {
  let tongue = localStorage.getItem('tongue') ?? LANGUAGE;
  let samples = [];
  let drafts = emptyDrafts();
  let sampleKey = '';
  let newsroom;
  /** The desk opens with a story that is not out yet, so it has to know both lists. */
  let opened = false;

  const sampleChoice = el('select', { id: 'sample', onchange: () => useSample(sampleChoice.value) });
  const again = createAgain(act, () => pieceOf(ALL));
  const follows = createFollows();
  const tabs = createTabs((id) => {
    tongue = id;
    localStorage.setItem('tongue', id);
    drawSamples();
    drawDraft();
    tongueChanged(tongue);
    tabs.focus();
  });
  const form = createForm(
    (name, value) => {
      drafts[tongue][name] = value;
      again.typed();
    },
    tabs.element,
    follows.element,
    (whole) => publishDraft(whole ? ALL : [tongue]),
  );
  const element = el(
    'div.card.draft',
    {},
    el('div.next', {}, el('label', { for: 'sample' }, t('story')), sampleChoice, form.publish),
    again.element,
    form.element,
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
      : emptyDrafts();
    form.setOptions(drafts.en);
    const earlier = newsroom?.stories.find((story) => story.sample && story.sample === sample?.follows);
    follows.choose(earlier?.piece);
    drawDraft();
    void again.show();
  }

  function drawDraft() {
    sampleChoice.value = sampleKey;
    form.show(drafts[tongue], tongue);
    tabs.show(tongue);
  }

  /** What would be published in these languages. */
  function pieceOf(tongues) {
    const written = tongues.filter((id) => drafts[id].headline?.trim());
    return Object.fromEntries(
      written.map((id) => {
        const { headline, lead, body, rubric, picture } = drafts[id];
        return [id, { headline, lead, body, rubric, ...form.options(picture) }];
      }),
    );
  }

  async function publishDraft(tongues) {
    const piece = pieceOf(tongues);
    if (!Object.keys(piece).length) {
      toast(t('needs-headline'), 'bad');
      return;
    }
    const done = await act('publish', { piece, sample: sampleKey, follows: follows.chosen() });
    if (!done) return;
    toast(t('published'));
    useSample(nextSample());
  }

  function show(next) {
    newsroom = next;
    follows.show(newsroom.stories, tongue);
    void again.show();
    openDesk();
  }

  drawDraft();
  return { element, show, tongue: () => tongue };
}

const emptyDrafts = () =>
  Object.fromEntries(ALL.map((id) => [id, { headline: '', lead: '', body: '', rubric: '' }]));

/** Who has not typed for so long may be told what the newsroom knows, ms. */
const TYPED_MS = 400;

/** The line that says in which languages this very text is out already. */
function createAgain(act, pieceNow) {
  const element = el('p.hint', { hidden: true });
  let timer;
  /** Questions so far: only the answer to the last one counts. */
  let asked = 0;

  async function show() {
    const piece = pieceNow();
    const languages = Object.keys(piece);
    asked += 1;
    const own = asked;
    const answer = languages.length ? await act('out-already', { piece }) : undefined;
    if (own !== asked) return;
    const out = TONGUES.filter(({ id }) => answer?.tongues.includes(id)).map(({ name }) => name);
    element.hidden = !out.length;
    element.textContent =
      out.length < languages.length ? t('already-out-in', { languages: out.join(', ') }) : t('already-out');
  }

  function typed() {
    clearTimeout(timer);
    timer = setTimeout(() => void show(), TYPED_MS);
  }

  return { element, show, typed };
}

/** The choice of an earlier story that this one continues. */
function createFollows() {
  const element = el('select', {});
  let state = '';

  /** An open list stays as it is while nothing about it has changed. */
  function show(stories, tongue) {
    const choices = stories.map(({ piece, versions }) => [
      String(piece),
      versions[tongue]?.headline ?? Object.values(versions)[0]?.headline ?? '',
    ]);
    const next = JSON.stringify(choices);
    if (next === state) return;
    state = next;
    const chosen = element.value;
    element.replaceChildren(option('', t('nothing')), ...choices.map(([piece, text]) => option(piece, text)));
    element.value = chosen;
  }

  function choose(piece) {
    element.value = piece === undefined ? '' : String(piece);
  }

  return { element, show, choose, chosen: () => Number(element.value) || undefined };
}

function createTabs(choose) {
  const element = el('div.tabs', { role: 'group', 'aria-label': t('draft-language') });

  function show(tongue) {
    const tabOf = ({ id, name }) =>
      el(
        'button',
        { type: 'button', lang: id, 'aria-pressed': String(id === tongue), onclick: () => choose(id) },
        name,
      );
    element.replaceChildren(...TONGUES.map(tabOf));
  }

  return { element, show, focus: () => element.querySelector('[aria-pressed="true"]').focus() };
}

/** Fields and options of the story; `changed` is called with each change of a field, `publish` with whether all of it goes out. */
function createForm(changed, tabs, follows, publish) {
  const fields = FIELDS.map((field) => ({ ...field, area: areaOf(field, changed) }));
  const urgent = el('input', { type: 'checkbox' });
  const picture = el('input', { type: 'checkbox' });
  const paid = el(
    'select',
    {},
    option('', t('free')),
    option('linked', t('paid-linked')),
    option('true', t('paid-unlinked')),
  );
  const publishOne = el('button.outline', { type: 'button', onclick: () => publish(false) });
  const element = el(
    'details',
    {},
    el('summary', {}, t('change-it')),
    tabs,
    fields.map(labelOf),
    el(
      'div.options',
      {},
      el('label.check', {}, urgent, t('urgent')),
      el('label.check', {}, picture, t('picture')),
      el('label.inline', {}, t('access'), paid),
    ),
    el('label.field', {}, el('span', {}, t('continues')), follows),
    el('div.buttons', {}, publishOne),
  );

  function show(draft, tongue) {
    for (const { id, area } of fields) Object.assign(area, { value: draft[NAMES[id]] ?? '', lang: tongue });
    publishOne.textContent = t('publish-one', { language: TONGUES.find(({ id }) => id === tongue)?.name });
  }

  function setOptions(draft) {
    urgent.checked = draft.urgent ?? false;
    picture.checked = Boolean(draft.picture);
    paid.value = draft.paid ? String(draft.paid) : '';
  }

  const options = (credit = { credit: '' }) => ({
    urgent: urgent.checked,
    ...(picture.checked ? { picture: credit } : {}),
    ...(paid.value ? { paid: paid.value === 'true' ? true : paid.value } : {}),
  });

  const whole = { type: 'button', id: 'publish', onclick: () => publish(true) };
  return { element, publish: el('button.solid.publish', whole, t('publish')), show, setOptions, options };
}

const areaOf = ({ id, rows }, changed) =>
  el('textarea', { id: `draft-${id}`, rows, oninput: (event) => changed(NAMES[id], event.target.value) });

const labelOf = ({ id, hint, area }) =>
  el(
    'label.field',
    { for: `draft-${id}` },
    el('span', {}, t(id)),
    area,
    hint ? el('small', {}, t(hint)) : undefined,
  );
