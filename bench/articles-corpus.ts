/**
 * Pages of real newsrooms with their texts as people marked them, read as stories. The corpora are others' and are not kept
 * here: `CORPUS` names a directory with one of them, as it is cloned.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { textsOf } from '#src/news/article.ts';
import { parseArticle } from '#src/source/page/article.ts';
import { decode } from '#src/source/charset.ts';
import type { Article } from '#src/source/item.ts';
import { plain } from '#src/source/html.ts';
import { fold } from '#src/source/text.ts';
import { round, row } from './table.ts';

/** A page and what people say stands on it. */
interface Marked {
  readonly name: string;
  readonly address: string;
  readonly html: () => Buffer;
  /** Under which a listing would show it; undefined: the corpus names none. */
  readonly headline?: string;
  /** Texts that may begin the story: its summary, its first paragraph. */
  readonly leads: readonly string[];
  readonly body: string;
}

const CLONES = 'github.com/flairNLP/fundus, github.com/scrapinghub/article-extraction-benchmark';

/** Prints the table. */
export async function run(): Promise<void> {
  const corpus = process.env['CORPUS'];
  if (!corpus) return console.log(`  CORPUS names a clone of one of: ${CLONES}`);
  const pages = [...fundus(corpus), ...scrapinghub(corpus)];
  if (!pages.length) throw new Error(`no corpus in ${corpus}: a clone of one of ${CLONES}`);
  const seen = { read: 0, leads: 0, texts: 0, precision: 0, recall: 0 };
  for (const page of pages) {
    const article = await parseArticle(decode(page.html(), '').text, page.address, page.headline);
    if (!article.ok) {
      tell(page, `refused: ${article.fault.detail}`);
      continue;
    }
    const text = bodyOf(article.value);
    // A headline whose text was not found is a refusal as well; a page for subscribers is read, and shows nothing.
    if (!text && !article.value.paid) {
      tell(page, 'refused: its headline stands there, no text was found');
      continue;
    }
    seen.read++;
    if (!text) continue;
    seen.texts++;
    const { precision, recall } = overlap(text, page.body);
    seen.precision += precision;
    seen.recall += recall;
    if (page.leads.some((lead) => isSame(lead, article.value.lead))) seen.leads++;
    else tell(page, `lead: ${article.value.lead.slice(0, 120)}`);
    if (Math.min(precision, recall) < 0.7)
      tell(page, `precision ${round(precision)}, recall ${round(recall)}`);
  }
  const [precision, recall] = [seen.precision / seen.texts, seen.recall / seen.texts];
  const share = (of: number): number => Math.round(of * pages.length);
  row('pages', String(pages.length));
  const isOfNews = pages.some(({ leads }) => leads.length > 1);
  row('refused', String(pages.length - seen.read), isOfNews ? `at most ${share(3 / 250)}` : '');
  if (isOfNews)
    row('lead is the first or the summary of the story', String(seen.leads), `at least ${share(200 / 250)}`);
  else row('lead is the first of the marked text', String(seen.leads));
  row('words of what was read: precision, recall', `${round(precision, 3)}, ${round(recall, 3)}`);
  row('  F1', round((2 * precision * recall) / (precision + recall), 3), 'at least 0.92');
}

/** With `CORPUS_TELL`, what is wrong of each page. */
function tell({ name }: Marked, what: string): void {
  if (process.env['CORPUS_TELL']) console.log(`  ${name}: ${what}`);
}

/** Without captions: people marked texts, not pictures. */
const bodyOf = ({ lead, body }: Article): string =>
  [lead, ...body.filter(({ kind }) => kind !== 'figure').flatMap(textsOf)].filter(Boolean).join('\n');

/** Words; where a writing has no blanks, its signs. */
const wordsOf = (text: string): readonly string[] =>
  fold(text).match(
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu,
  ) ?? [];

/** Whether one lead is the other; a text that people marked may go on behind it. */
function isSame(marked: string, lead: string): boolean {
  const [a, b] = [wordsOf(marked), wordsOf(lead)];
  const length = Math.min(a.length, b.length, 12);
  return length > 2 && a.slice(0, length).join(' ') === b.slice(0, length).join(' ');
}

/** Words in common, each as often as it stands in both. */
function overlap(ours: string, marked: string): { precision: number; recall: number } {
  const [a, b] = [wordsOf(ours), wordsOf(marked)];
  const left = new Map<string, number>();
  for (const word of b) left.set(word, (left.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of a) {
    const count = left.get(word) ?? 0;
    if (count > 0) common++;
    left.set(word, count - 1);
  }
  return { precision: a.length ? common / a.length : 0, recall: b.length ? common / b.length : 0 };
}

interface FundusBody {
  readonly summary?: readonly string[];
  readonly sections?: readonly {
    readonly headline?: readonly string[];
    readonly paragraphs?: readonly string[];
  }[];
}

/** The tests of a crawler: pages of newspapers, each version of a newspaper marked by hand. */
function fundus(corpus: string): Marked[] {
  const root = join(corpus, 'tests/resources/parser/test_data');
  return globSync('*/*.html.gz', { cwd: root })
    .toSorted()
    .flatMap((file) => markedByFundus(root, file));
}

function markedByFundus(root: string, file: string): Marked[] {
  const [, folder = '', paper = '', stamp = ''] = /^(\w+)\/(.+?)_([\d_]+)\.html\.gz$/.exec(file) ?? [];
  const truths = join(root, folder, `${paper}.json`);
  const meta = join(root, folder, 'meta.info');
  if (!existsSync(truths) || !existsSync(meta)) return [];
  const info = (JSON.parse(readFileSync(meta, 'utf8')) as Record<string, { url?: string }>)[
    `${paper}_${stamp}.html.gz`
  ];
  const versions = Object.values(JSON.parse(readFileSync(truths, 'utf8')) as Record<string, FundusTruth>);
  const place = globSync(`${paper}_[0-9]*.html.gz`, { cwd: join(root, folder) })
    .toSorted()
    .indexOf(`${paper}_${stamp}.html.gz`);
  const truth = versions[place];
  return truth ? [markedBy(truth)] : [];

  function markedBy({ title, body }: FundusTruth): Marked {
    const sections = body?.sections ?? [];
    const paragraphs = sections.flatMap(({ paragraphs: all }) => all ?? []);
    const summary = body?.summary ?? [];
    return {
      name: file,
      address: info?.url ?? 'https://news.example/story',
      html: () => gunzipSync(readFileSync(join(root, file))),
      ...(title ? { headline: title } : {}),
      leads: [summary.join(' '), ...summary, paragraphs[0] ?? ''].filter(Boolean),
      body: [
        ...summary,
        ...sections.flatMap(({ headline, paragraphs: all }) => [...(headline ?? []), ...(all ?? [])]),
      ].join('\n'),
    };
  }
}

interface FundusTruth {
  readonly title?: string;
  readonly body?: FundusBody;
}

/** A benchmark of readers: the bodies of 181 pages. */
function scrapinghub(corpus: string): Marked[] {
  const truths = join(corpus, 'ground-truth.json');
  if (!existsSync(truths)) return [];
  const all = JSON.parse(readFileSync(truths, 'utf8')) as Record<
    string,
    { articleBody: string; url: string }
  >;
  return Object.entries(all).map(([name, { articleBody, url }]) => ({
    name,
    address: url,
    html: () => gunzipSync(readFileSync(join(corpus, 'html', `${name}.html.gz`))),
    ...named(gunzipSync(readFileSync(join(corpus, 'html', `${name}.html.gz`))).toString('utf8')),
    leads: [articleBody.split('\n')[0] ?? ''],
    body: articleBody,
  }));
}

/** The headline that a page gives to those who link it, as a listing would show it. */
function named(html: string): Pick<Marked, 'headline'> {
  const [tag = ''] = /<meta\b[^>]{0,300}\bog:title\b[^>]{0,500}>/i.exec(html) ?? [];
  const [, , headline] = /\bcontent=(["'])(.*?)\1/s.exec(tag) ?? [];
  return headline ? { headline: plain(headline) } : {};
}
