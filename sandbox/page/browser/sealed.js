/** What a thief of the data would see: the sealed record of a reader, as it lies in Redis. */
import { el } from './dom.js';
import { t } from './words.js';

const READERS = ['be', 'ru', 'en', 'de', 'editor', 'operator'];

export function createSealed(act) {
  const whose = el(
    'select',
    { 'aria-label': t('sealed-whose'), onchange: () => look() },
    READERS.map((reader) => el('option', { value: reader }, t(`chat-${reader}`))),
  );
  const where = el('p.hint', {});
  const bytes = el('pre.bytes', { tabIndex: 0, 'aria-label': t('sealed') });
  const element = el(
    'section.panel.sealed',
    { 'aria-label': t('sealed') },
    el('h3.phone-name', {}, t('sealed')),
    el(
      'div.card',
      {},
      el(
        'div.buttons',
        {},
        whose,
        el('button.outline', { type: 'button', onclick: () => look() }, t('sealed-look')),
      ),
      where,
      bytes,
      el('p.hint', {}, t('sealed-about')),
    ),
  );

  async function look() {
    const answer = await act('record', { chat: whose.value });
    if (!answer) return;
    const { record, away } = answer;
    where.textContent = record ? `${record.key} · ${record.slot}` : t(away ? 'away' : 'sealed-none');
    bytes.textContent = record ? (record.bytes.match(/.{1,4}/g) ?? []).join(' ') : '';
    bytes.hidden = !record;
  }

  let looked = false;
  bytes.hidden = true;
  return {
    element,
    /** The first look needs no press. */
    seen() {
      if (!looked) void look();
      looked = true;
    },
  };
}
