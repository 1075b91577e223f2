/** A story on the desk: one of the samples or one's own, in three languages, ready to be published. */
import { el } from './dom.js';
import { option, TONGUES } from './tongues.js';

/** Fields of a draft, in the order of the form. */
const FIELDS = [
  { id: 'headline', label: 'Headline', rows: 2 },
  { id: 'lead', label: 'Lead', rows: 3 },
  {
    id: 'body',
    label: 'Text',
    rows: 4,
    hint: 'A paragraph a line; “## ” begins a subhead, “- ” a list item.',
  },
  { id: 'rubric', label: 'Rubrics', rows: 1 },
];

/** `tongueChanged(tongue)` is called when the desk turns to another language. */
export function createDraft(act, toast, tongueChanged) {
  let tongue = localStorage.getItem('tongue') ?? 'be';
  let samples = [];
  let drafts = { be: empty(), ru: empty(), en: empty() };
  let sampleKey = '';
  let newsroom;
  /** The desk opens with a story that is not out yet, so it has to know both lists. */
  let opened = false;

  const sampleChoice = el('select', { onchange: () => useSample(sampleChoice.value) });
  const fields = Object.fromEntries(
    FIELDS.map(({ id, label, rows, hint }) => [
      id,
      el('textarea', {
        id: `draft-${id}`,
        rows,
        title: hint,
        'aria-label': label,
        oninput: (event) => {
          drafts[tongue][id] = event.target.value;
        },
      }),
    ]),
  );
  const tabs = el('div.tabs', { role: 'group', 'aria-label': 'Language of the draft' });
  const urgent = el('input', { type: 'checkbox' });
  const picture = el('input', { type: 'checkbox' });
  const paid = el(
    'select',
    {},
    option('', 'Free'),
    option('linked', 'POZIRK+, linked'),
    option('true', 'POZIRK+, no link'),
  );
  const follows = el('select', {});
  const publish = el('button.solid', { type: 'button', onclick: publishDraft }, 'Publish in all three');
  const publishOne = el('button.outline', { type: 'button', onclick: () => publishDraft([tongue]) });
  const element = el(
    'div.card',
    {},
    el('label.field', {}, el('span', {}, 'Story'), sampleChoice),
    tabs,
    FIELDS.map(({ id, label, hint }) =>
      el(
        'label.field',
        { for: `draft-${id}` },
        el('span', {}, label),
        fields[id],
        hint ? el('small', {}, hint) : undefined,
      ),
    ),
    el(
      'div.options',
      {},
      el('label.check', {}, urgent, 'Urgent'),
      el('label.check', {}, picture, 'Picture'),
      el('label.inline', {}, 'Access', paid),
    ),
    el('label.field', {}, el('span', {}, 'Continues'), follows),
    el('div.buttons', {}, publish, publishOne),
  );

  void fetch('samples.json')
    .then((response) => response.json())
    .then((loaded) => {
      samples = loaded;
      openDesk();
    })
    .catch(() => toast('The sample stories did not load', 'bad'));

  function openDesk() {
    if (opened || !samples.length || !newsroom) return;
    opened = true;
    drawSamples();
    useSample(nextSample());
  }

  function drawSamples() {
    sampleChoice.replaceChildren(
      ...samples.map(({ key, piece }) => option(key, piece[tongue].headline)),
      option('', 'Write my own…'),
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
  }

  function drawDraft() {
    sampleChoice.value = sampleKey;
    for (const { id } of FIELDS) {
      fields[id].value = drafts[tongue][id] ?? '';
      fields[id].lang = tongue;
    }
    publishOne.textContent = `Only ${TONGUES.find(({ id }) => id === tongue)?.name}`;
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

  async function publishDraft(only) {
    const tongues = Array.isArray(only) ? only : TONGUES.map(({ id }) => id);
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
    if (!Object.keys(piece).length) {
      toast('A story needs a headline', 'bad');
      return;
    }
    const done = await act('publish', {
      piece,
      sample: sampleKey,
      follows: Number(follows.value) || undefined,
    });
    if (!done) return;
    toast('Published');
    useSample(nextSample());
  }

  function show(next) {
    newsroom = next;
    const options = newsroom.stories.map(({ piece, versions }) =>
      option(String(piece), versions[tongue]?.headline ?? Object.values(versions)[0]?.headline ?? ''),
    );
    const chosen = follows.value;
    follows.replaceChildren(option('', 'nothing'), ...options);
    follows.value = chosen;
    openDesk();
  }

  drawDraft();
  return { element, show, tongue: () => tongue };
}

const empty = () => ({ headline: '', lead: '', body: '', rubric: '' });
