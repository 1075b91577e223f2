import { describe, expect, it } from 'vitest';
import { HEADLINE, LEAD, pageDraft } from './reading.ts';

const MORE = 'Другі абзац навіны, у якім пра мост сказана ўсё астатняе. '.repeat(4).trim();
const TEXT = `<p>${LEAD}</p><p>${MORE}</p>`;
const post = {
  title: HEADLINE,
  description: 'Коратка.',
  text: TEXT,
  related: [{ title: 'Іншая', text: TEXT.repeat(9) }],
};
const read = (script: string, body = `<h1>${HEADLINE}</h1><div id="app"></div>`) =>
  pageDraft(`<html><head><title>${HEADLINE} — Горад</title></head><body>${body}${script}</body></html>`);
const json = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c');

describe('the text of a page that only its script shows', () => {
  it.each([
    `<script id="__NEXT_DATA__" type="application/json">${json({ props: { pageProps: { post } } })}</script>`,
    `<script>window.__INITIAL_STATE__ = ${json({ posts: { 1: post } })};</script>`,
    `<script type="application/json">${json([{ title: 'Іншая', text: TEXT.repeat(3) }, post])}</script>`,
    `<script type="application/json">${json({ ...post, text: undefined, content: { body: `${LEAD}\n${MORE}` } })}</script>`,
  ])('is read from its data: %s', async (script) => {
    const told = { headline: HEADLINE, lead: LEAD, body: [{ kind: 'paragraph', text: MORE }] };
    expect(await read(script)).toMatchObject(told);
    expect(await read(script, '<div id="app"></div>')).toMatchObject(told);
  });

  it.each([
    json({ posts: [{ title: 'Іншая', text: TEXT }] }),
    json({ title: HEADLINE, description: 'Коратка.', link: `https://horad.example/${'x'.repeat(300)}` }),
    `{"title": "${HEADLINE}", "text": `,
  ])('is not that of another story, nor an address: %s', async (data) => {
    const told = await read(`<script type="application/json">${data}</script>`);
    expect(told).toMatchObject({ headline: HEADLINE, lead: '', body: [] });
  });

  it('is read as it shows it where it shows it', async () => {
    const shown = `<h1>${HEADLINE}</h1><p>${LEAD}</p>`;
    expect(await read(`<script type="application/json">${json(post)}</script>`, shown)).toMatchObject({
      lead: LEAD,
      body: [],
    });
  });
});
