/** The newsroom's desk: choose or write a story, publish it, correct it, take it back, or let the site fail. */
import { el, timeOf } from './dom.js';

const TONGUES = [
  { id: 'be', name: 'Беларуская' },
  { id: 'ru', name: 'Русский' },
  { id: 'en', name: 'English' },
];

const OUTAGES = [
  ['500', 'Error 500'],
  ['503', 'Asks to wait (503)'],
  ['hang', 'Never answers'],
  ['reset', 'Breaks the connection'],
  ['html', 'Some other page'],
  ['empty', 'List without stories'],
  ['challenge', 'Challenge page'],
  ['maintenance', 'Maintenance page'],
  ['cut', 'Page cut in half'],
];

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

export function createDesk(host, act, toast) {
  let tongue = localStorage.getItem('tongue') ?? 'be';
  let samples = [];
  let drafts = { be: empty(), ru: empty(), en: empty() };
  let sampleKey = '';
  let newsroom;
  let listState = '';
  let editing;
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
  const list = el('ul.published');
  const outageKind = el(
    'select',
    { 'aria-label': 'How the site fails' },
    OUTAGES.map(([value, text]) => option(value, text)),
  );
  const outageWhere = el(
    'select',
    { 'aria-label': 'Where it fails' },
    option('', 'everywhere'),
    TONGUES.map(({ id, name }) => option(id, name)),
  );
  const outageState = el('p.outage-state', { role: 'status' });
  const visits = el('p.hint');

  host.replaceChildren(
    el(
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
    ),
    el('h3', {}, 'Published'),
    list,
    el('h3', {}, 'Bad days'),
    el(
      'div.card',
      {},
      el(
        'div.buttons',
        {},
        outageKind,
        outageWhere,
        el(
          'button.outline',
          {
            type: 'button',
            onclick: () => act('outage', { kind: outageKind.value, only: outageWhere.value || undefined }),
          },
          'Fail',
        ),
        el('button.outline', { type: 'button', onclick: () => act('outage', { kind: 'off' }) }, 'Recover'),
      ),
      outageState,
      el(
        'div.buttons',
        {},
        el(
          'button.quiet',
          { type: 'button', title: 'Every story gets another id', onclick: () => act('reset') },
          'Change all ids',
        ),
        el(
          'button.quiet',
          { type: 'button', title: 'Other tags and class names', onclick: () => act('redesign') },
          'Redesign',
        ),
      ),
      visits,
    ),
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
              drawList();
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
    const down = TONGUES.filter(({ id }) => newsroom.outages[id]);
    outageState.textContent = down.length
      ? down
          .map(({ id, name }) => `${name}: ${OUTAGES.find(([kind]) => kind === newsroom.outages[id])?.[1]}`)
          .join(' · ')
      : 'All is well';
    outageState.classList.toggle('bad', down.length > 0);
    visits.textContent = `The bot asked for ${newsroom.counts.lists} lists and ${newsroom.counts.articles} articles; ${newsroom.counts.notModified} times nothing had changed.`;
    drawList();
    openDesk();
  }

  function drawList() {
    if (!newsroom) return;
    const state = JSON.stringify([tongue, newsroom.stories, editing]);
    if (state === listState) return;
    listState = state;
    const rows = newsroom.stories.filter(({ versions }) => versions[tongue]).map(storyRow);
    list.replaceChildren(...(rows.length ? rows : [el('li.hint', {}, 'Nothing yet in this language')]));
  }

  function storyRow(story) {
    const version = story.versions[tongue];
    if (editing === version.id) return editRow(version);
    const gone = version.status !== 200;
    const about = [
      timeOf(version.at),
      version.rubric,
      version.urgent && 'urgent',
      version.paid && 'POZIRK+',
      gone && 'withdrawn',
    ];
    const correct = () => {
      editing = version.id;
      drawList();
      list.querySelector('textarea')?.focus();
    };
    const button = (text, onclick) => el('button.quiet', { type: 'button', onclick }, text);
    return el(
      `li${gone ? '.gone' : ''}`,
      {},
      el('a', { href: version.path, target: '_blank', rel: 'noopener', lang: tongue }, version.headline),
      el(
        'div.row',
        {},
        el('small', {}, about.filter(Boolean).join(' · ')),
        el(
          'div.buttons',
          {},
          gone
            ? button('Restore', () => act('restore', { id: version.id }))
            : [button('Correct', correct), button('Withdraw', () => act('withdraw', { piece: story.piece }))],
        ),
      ),
    );
  }

  function editRow(version) {
    const headline = el('textarea', {
      rows: 2,
      value: version.headline,
      lang: tongue,
      'aria-label': 'Corrected headline',
    });
    const lead = el('textarea', {
      rows: 3,
      value: version.lead,
      lang: tongue,
      'aria-label': 'Corrected lead',
    });
    const close = () => {
      editing = undefined;
      drawList();
    };
    return el(
      'li.editing',
      {},
      headline,
      lead,
      el(
        'div.buttons',
        {},
        el(
          'button.solid',
          {
            type: 'button',
            onclick: async () => {
              await act('correct', { id: version.id, patch: { headline: headline.value, lead: lead.value } });
              close();
            },
          },
          'Publish the correction',
        ),
        el('button.quiet', { type: 'button', onclick: close }, 'Cancel'),
      ),
    );
  }

  drawDraft();
  return { show };
}

const empty = () => ({ headline: '', lead: '', body: '', rubric: '' });

function option(value, text) {
  return el('option', { value }, text);
}
