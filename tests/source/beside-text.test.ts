import { describe, expect, it } from 'vitest';
import { parseArticle } from '#src/source/page/article.ts';
import { isBesideText } from '#src/source/page/beside-text.ts';

describe('a line over a text', () => {
  it.each([
    'Іван Іваноў, Пётр Пятроў, 8 января, 17:46',
    'August 22, 2026, 5:46 pm',
    '22.08.2026',
    '8 ліпеня 2026',
    'By Somebody Else',
    'Аўтар: Нехта Іншы',
    '5 min read',
    'Чытаць 3 мін',
    'Anzeige',
    'РЕКЛАМА',
    'Фото: Нехта / Агенцтва',
    'Updated August 22',
    '© Somebody',
    '26.11.2026 11:05',
    '26.11.2026, 11.05',
    'November 26, 2026',
    'Thursday, November 26, 2026',
    'Чацвер, 26 лістапада 2026',
    'Час чытання: 5 хвілін',
    'Время чтения 5 минут',
    '2 гадзіны таму',
    '15 минут назад',
    '3 hours ago',
    'Аўтар: Іван Іванавіч Іваноў, карэспандэнт.',
    'Апублікавана: 26 лістапада 2026, 10:05.',
    'Абноўлена ў 10:15: дададзены каментар мэрыі.',
  ])('is no lead: %s', (line) => expect(isBesideText(line)).toBe(true));

  it.each([
    'У Мінску адкрылі мост.',
    'By the river a new bridge was opened, and pupils crossed it first.',
    'Фотавыстава адкрылася ў горадзе',
    'Updated rules of the road come into force in August, the ministry says.',
    'Цягнік прыйшоў а 17:46, на гадзіну пазней.',
    'Text of the law was published on Monday.',
    '5 хвілін таму ў Мінску пачаўся суд.',
    'Прайшло 5 хвілін таму ён пайшоў',
    'November 26, 2026 was a day of protest',
    'Суд пачнецца а 10:00.',
    'Обновлено в 15:40. Число погибших выросло до 12.',
    'Updated at 15:40: the toll has risen to 12. Rescuers are still at work.',
    'Обновлено 5.10 тысячи километров дорог.',
    'Author Ivan Ivanou has died.',
  ])('is the lead: %s', (line) => expect(isBesideText(line)).toBe(false));

  it('is passed over until the text begins', async () => {
    const html =
      '<html><body><article><h1>A bridge opens</h1><p>By Somebody Else</p><p>5 min read</p><p>Advertisement</p><p>Pupils of the school crossed the new bridge first, and the town came to see.</p><p>It took two years.</p></article></body></html>';
    const read = await parseArticle(html, 'https://news.example/en/news/1', 'A bridge opens');
    expect(read.ok && read.value.lead).toBe(
      'Pupils of the school crossed the new bridge first, and the town came to see.',
    );
  });
});
