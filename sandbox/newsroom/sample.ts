/** An invented story for the sandbox, and how it becomes what an editor publishes. */
import type { Draft, Piece } from './archive.ts';
import { TONGUES, type Tongue } from './words.ts';

const RUBRICS = {
  politics: { be: 'Палітыка', ru: 'Политика', en: 'Politics' },
  economy: { be: 'Эканоміка', ru: 'Экономика', en: 'Economy' },
  society: { be: 'Грамадства', ru: 'Общество', en: 'Society' },
  security: { be: 'Бяспека', ru: 'Безопасность', en: 'Security' },
  sport: { be: 'Спорт', ru: 'Спорт', en: 'Sport' },
  culture: { be: 'Культура', ru: 'Культура', en: 'Culture' },
  germany: { be: 'Навіны Германіі', ru: 'Новости Германии', en: 'Germany news' },
} as const;

const CREDITS = {
  reader: { be: 'чытач', ru: 'читатель', en: 'a reader' },
  archive: { be: 'архіў рэдакцыі', ru: 'архив редакции', en: 'newsroom archive' },
  town: { be: 'гарвыканкам', ru: 'горисполком', en: 'town council' },
  museum: { be: 'музей', ru: 'музей', en: 'museum' },
  none: { be: '', ru: '', en: '' },
} as const;

interface SampleText {
  readonly headline: string;
  readonly lead: string;
  /** In the notation of `Draft.body`. */
  readonly body: string;
}

/** One invented story in three languages. */
export interface Sample extends Readonly<Record<Tongue, SampleText>> {
  readonly key: string;
  readonly rubric: readonly (keyof typeof RUBRICS)[];
  readonly picture?: keyof typeof CREDITS;
  readonly urgent?: true;
  readonly paid?: true | 'linked';
  /** Key of the sample that this one continues. */
  readonly follows?: string;
}

/** The sample as an editor would publish it; `relatedTo` is the id of the story that it follows, if that is out. */
export function pieceOf(sample: Sample, relatedTo?: number): Piece {
  const draft = (tongue: Tongue): Draft => ({
    ...sample[tongue],
    rubric: sample.rubric.map((rubric) => RUBRICS[rubric][tongue]).join(', '),
    ...(sample.picture ? { picture: { credit: CREDITS[sample.picture][tongue] } } : {}),
    ...(sample.urgent ? { urgent: true } : {}),
    ...(sample.paid ? { paid: sample.paid } : {}),
    ...(relatedTo === undefined ? {} : { relatedTo }),
  });
  return Object.fromEntries(TONGUES.map((tongue) => [tongue, draft(tongue)])) as Record<Tongue, Draft>;
}
