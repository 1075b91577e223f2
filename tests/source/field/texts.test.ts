import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksIn } from '#src/source/blocks.ts';
import { parseFragment } from '#src/source/html.ts';
import { asHtml } from '#src/source/markup.ts';
import { textHash } from '#src/source/normalise.ts';
import { draft, drafts, entry, LEAD, page, pageDraft, rss, told, words } from './reading.ts';

const BASE = 'https://horad.example/be/news/1';
const blocks = async (html: string) => (await draft(told(`<p>Пачатак.</p>${html}`))).body;

describe('facts survive the flattening', () => {
  it.each([
    '<span style="text-decoration: line-through">100</span>',
    '<span style="color:red; text-decoration-line:line-through !important">100</span>',
    '<span class="strikethrough">100</span>',
    '<span class="text-decoration-line-through">100</span>',
    '<s>100</s>',
  ])('struck out is left out: %s', async (struck) => {
    expect((await draft(told(`<p>Пацярпелі ${struck} 12 чалавек.</p>`))).lead).toBe('Пацярпелі 12 чалавек.');
  });

  it.each([
    '<span style="font-size:small; vertical-align:super">6</span>',
    '<font class="sup">6</font>',
    '<span class="superscript">6</span>',
    '<sup>6</sup>',
  ])('raised is a power: %s', async (raised) => {
    expect((await draft(told(`<p>Страцілі 10${raised} рублёў.</p>`))).lead).toBe('Страцілі 10⁶ рублёў.');
  });

  it('lowered is an index', async () => {
    const text = 'CO<span style="vertical-align: sub;">2</span> і H<span class="sub">2</span>O';
    expect((await draft(told(`<p>${text}</p>`))).lead).toBe('CO₂ і H₂O');
  });

  it('a list right behind a dateline of its own line is told', async () => {
    const { body } = await draft(told('<p>8 ліпеня, Позірк.</p><ul><li>адкрылі мост</li></ul><p>Усё.</p>'));
    expect(body).toMatchObject([{ kind: 'list', items: ['адкрылі мост'] }, { text: 'Усё.' }]);
  });

  it('a list that counts downwards keeps each number', async () => {
    const of = async (list: string) =>
      (await blocks(list)).map((block) => block.kind === 'list' && [block.first ?? 1, ...block.items]);
    expect(await of('<ol reversed start=3><li>трэці</li><li>другі</li><li>першы</li></ol>')).toEqual([
      [3, 'трэці'],
      [2, 'другі'],
      [1, 'першы'],
    ]);
    expect(await of('<ol reversed><li>другі</li><li>першы</li></ol>')).toEqual([
      [2, 'другі'],
      [1, 'першы'],
    ]);
  });

  it.each([
    '<img src="/img/usd.png" width="24"> USD',
    '<img src="/flags/us.png"> USD',
    '<h4>USD</h4>',
    '<h4><img src="/usd.svg">USD</h4>',
  ])('a table of data may have ornaments and headings in its cells: %s', async (cell) => {
    const table = `<table><tr><td>${cell}</td><td>3,25</td></tr><tr><td>EUR</td><td>3,61</td></tr></table>`;
    expect(await blocks(table)).toMatchObject([
      {
        kind: 'table',
        rows: [
          ['USD', '3,25'],
          ['EUR', '3,61'],
        ],
      },
    ]);
  });

  it.each(['<img src="/a.jpg"> Мост', '<h4>Мост</h4><p>Яго адкрылі.</p>'])(
    'but one with photos or texts is a layout: %s',
    async (cell) => {
      const table = `<table><tr><td>${cell}</td><td>3,25</td></tr></table>`;
      expect((await blocks(table)).map(({ kind }) => kind)).not.toContain('table');
    },
  );

  it('a cell may reach down as far as there are rows', async () => {
    const table =
      '<table><tr><td rowspan="0">Мінск</td><td>2024</td><td>5</td></tr><tr><td>2025</td><td>6</td></tr><tr><td>2026</td><td>7</td></tr></table>';
    expect(await blocks(table)).toMatchObject([
      {
        rows: [
          ['Мінск', '2024', '5'],
          ['Мінск', '2025', '6'],
          ['Мінск', '2026', '7'],
        ],
      },
    ]);
  });

  it('a list counts from its own number', async () => {
    expect(await blocks('<ol start="5"><li>пяты</li><li>шосты</li></ol>')).toEqual([
      { kind: 'list', items: ['пяты', 'шосты'], ordered: true, first: 5 },
    ]);
    expect(await blocks('<ol><li>першы</li><li value="7">сёмы</li></ol>')).toMatchObject([
      { items: ['першы'] },
      { items: ['сёмы'], first: 7 },
    ]);
  });

  it('a list goes on behind a list within it, and behind its second line', async () => {
    expect(
      await blocks(
        '<ol><li>першы<ul><li>унутры</li></ul></li><li><p>другі</p><p>і далей</p></li><li>трэці</li></ol>',
      ),
    ).toEqual([
      { kind: 'list', items: ['першы'], ordered: true },
      { kind: 'list', items: ['унутры'] },
      { kind: 'list', items: ['другі і далей', 'трэці'], ordered: true, first: 2 },
    ]);
  });

  it('a table keeps its name', async () => {
    const table =
      '<table><caption>Па раёнах</caption><tr><th>Раён</th><th>Людзей</th></tr><tr><td>Цэнтр</td><td>5</td></tr></table>';
    expect(await blocks(table)).toMatchObject([
      { kind: 'paragraph', text: 'Па раёнах' },
      {
        kind: 'table',
        rows: [
          ['Раён', 'Людзей'],
          ['Цэнтр', '5'],
        ],
        head: true,
      },
    ]);
  });

  it('a cell that reaches down stands in each of its rows', async () => {
    const table =
      '<table><tr><td rowspan="2">Мінск</td><td>2025</td><td>5</td></tr><tr><td>2026</td><td>7</td></tr></table>';
    expect(await blocks(table)).toMatchObject([
      {
        rows: [
          ['Мінск', '2025', '5'],
          ['Мінск', '2026', '7'],
        ],
      },
    ]);
  });

  it('a cell that reaches over several columns keeps the others in theirs, one over all of them is the name', async () => {
    const table =
      '<table><tr><th colspan="3">Па гадах</th></tr><tr><th>Раён</th><th>2025</th><th>2026</th></tr><tr><td colspan="200">Мінск</td><td>7</td></tr><tr><td rowspan="2" colspan="2">Брэст</td><td>1</td></tr><tr><td>2</td></tr></table>';
    expect(await blocks(table)).toEqual([
      { kind: 'paragraph', text: 'Па гадах' },
      {
        kind: 'table',
        head: true,
        rows: [
          ['Раён', '2025', '2026'],
          ['Мінск', '', '7'],
          ['Брэст', '', '1'],
          ['Брэст', '', '2'],
        ],
      },
    ]);
  });

  it('a raised letter o is a degree', async () => {
    expect((await draft(told('<p>Было 20<sup>o</sup>C.</p>'))).lead).toBe('Было 20°C.');
  });

  it.each([
    ['E = <math><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math>', 'E = mc²'],
    ['<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> гадзіны', '1/2 гадзіны'],
    ['Было <img class="emoji" alt="☀️" src="/e.png"> і цёпла', 'Было ☀️ і цёпла'],
    ['AT&amp;amp;T і &amp;laquo;так&amp;raquo;, 5&amp;nbsp;м', 'AT&T і «так», 5 м'],
  ])('what stands within a line: %s', async (html, text) => {
    expect((await draft(told(`<p>${html}</p>`))).lead).toBe(text);
  });

  it('lines of preformatted text stay apart', async () => {
    expect(await blocks('<pre>першы радок\nдругі радок</pre>')).toMatchObject([
      { text: 'першы радок' },
      { text: 'другі радок' },
    ]);
  });

  it('a text that is a link to its own story is a text, one that leads elsewhere is advice', async () => {
    const html = `<p><a href="${BASE}?utm_source=rss">Доўгі абзац, які вядзе да сябе.</a></p><p><a href="/be/news/2">Іншая навіна</a></p>`;
    expect(await blocks(html)).toMatchObject([{ text: 'Доўгі абзац, які вядзе да сябе.' }]);
  });
});

describe('tails go', () => {
  it.each([
    'Continue reading <a href="/x">Навіна пра горад</a>',
    'Падрабязней тут',
    '[…]',
    'Read the rest of this entry »',
    'Сообщение <a href="/x">Навіна</a> появились сначала на <a href="/">Горад</a>.',
    'Запись Навіна впервые появилась Горад.',
    'Подробности — на сайте',
    'Далее…',
    'Чытайце таксама: <a href="/x">іншая навіна</a>',
    'Artykuł Навіна pochodzi z serwisu Горад.',
    'Dowiedz się więcej',
    'Click here to read the full story',
    'Чытаць поўнасцю на сайце',
    'Read more at Horad',
    'Запіс Навіна ўпершыню з’явіўся на Горад.',
    'Паведамленне Навіна з’явілася спачатку на Горад.',
    'Чытайце далей: <a href="/x">тут</a>',
    'Чытайце далей: <a href="/x">Навіна пра горад</a>',
    '(more…)',
    '... &raquo;',
    'Чытаць арыгінал',
    'Чытайце працяг',
    'Читать статью полностью',
    'Узнать больше',
    'See more',
    'View the full article',
    'Запіс <a href="/x">Навіна</a> апублікаваны на <a href="/">Горад</a>.',
    'Читайте также',
    'Глядзіце таксама: <a href="/x">іншая навіна</a>',
    'Comments (3)',
    'Leave a comment',
    'Пост <a href="/x">Навіна</a> впервые появился на Горад.',
    'Далей — на нашым сайце</p><p><img src="/b.jpg" width="1">',
  ])('%s', async (tail) => expect(await blocks(`<p>${tail}</p>`)).toEqual([]));

  it.each([
    'Падпісвайцеся на наш Telegram',
    'Чытайце ў нашым Telegram-канале',
    'Чытайце нас у Тэлеграме!',
    'Больш навін — у нашым Telegram: @horad',
    'Далучайцеся да нас у Telegram і Viber 👇',
    'Мы ў Telegram',
    'Подпишитесь на наш <a href="https://t.me/horad">Telegram</a>',
    'Чтобы не пропустить главное, подписывайтесь на наш Telegram-канал',
    'Наши новости в Telegram: t.me/horad',
    'Хотите больше новостей? Подписывайтесь на нас в Telegram, Facebook и Instagram',
    'Subscribe to our Telegram channel',
    'Follow us on Telegram: @horad',
    'Telegram | Facebook | Instagram',
    'Follow us on X',
    'Подписывайтесь на наш канал в MAX!',
    'Мы ў Mastodon і X.com',
    '👉 Падпісацца: @horad',
    'https://t.me/horad',
    'Источник',
    'Крыніца:',
    'Крыніца</p><p>Падпісвайцеся на наш Telegram',
    'Telegram</p><ul><li>Telegram</li><li>Наш Facebook</li></ul><p>@horad',
    'Нашли ошибку? Выделите её и нажмите Ctrl+Enter',
    'Знайшлі памылку? Вылучыце яе і націсніце Ctrl + Enter.',
    'Перепечатка текста и фотографий без разрешения редакции запрещена. info@horad.example',
    'Перадрук дазволены толькі са спасылкай на Горад',
    'Есть о чём рассказать? Пишите в наш телеграм-бот. Это анонимно и быстро',
    'Падтрымайце нас на Patreon!',
    'Калі ласка, падтрымайце нас',
    'Поделиться: <a href="https://vk.com/share.php?u=1">VK</a> <a href="https://t.me/share/url?url=1">Telegram</a>',
    'Падзяліцца ў Facebook',
  ])('with them calls to read the newsroom elsewhere: %s', async (call) => {
    expect(await blocks(`<p>${call}</p>`)).toEqual([]);
    const text = await pageDraft(page('').replace('</article>', `<p>${call}</p></article>`));
    expect(text).toMatchObject({ body: [{ text: 'Другі абзац навіны.' }] });
  });

  it.each([
    'Падрабязнасці пазней.',
    'Навіна дапаўняецца…',
    'Чакайце падрабязнасцяў',
    '(Новость дополняется)',
    'Подробности — позже',
    'Материал будет дополнен',
    'More details to follow.',
    'This is a developing story. Check back for updates.',
    'This story will be updated.',
  ])('so does that more is to follow: %s', async (line) => {
    expect(await blocks(`<p>${line}</p><p>Мост адкрылі.</p>`)).toMatchObject([{ text: 'Мост адкрылі.' }]);
    expect(await blocks(`<p>Мост адкрылі. ${line}</p>`)).toMatchObject([{ text: 'Мост адкрылі.' }]);
    expect(await pageDraft(page(`<p>${line}</p>`))).toMatchObject({ lead: LEAD });
  });

  it.each([
    'Подробности дела позже рассказал следователь.',
    'Navіna: тэкст закона будзе дапоўнены спісам.',
    'The story follows a family from Brest.',
  ])('but not news of it: %s', async (text) =>
    expect(await blocks(`<p>${text}</p>`)).toMatchObject([{ text }]),
  );

  it('a call behind the last sentence goes alone', async () => {
    const call = 'Падпісвайцеся на <a href="https://t.me/horad">наш Telegram</a>!';
    expect(await blocks(`<p>Мост <a href="/be/news/3">адкрылі</a> сёння. ${call}</p>`)).toEqual([
      {
        kind: 'paragraph',
        text: 'Мост адкрылі сёння.',
        links: [{ from: 5, to: 12, url: 'https://horad.example/be/news/3' }],
      },
    ]);
  });

  it.each([
    'Падпісвайцеся на наш Telegram, кажа міністр, і сядзеце ў турму.',
    'Улады прызналі экстрэмісцкім Telegram-канал @horad',
    'Пра гэта ён напісаў у Telegram',
    'За подписку на Telegram-канал @horad задержали пять человек',
    'Ён заклікаў: «Чытайце нас у Telegram».',
    'Subscribe to our Telegram channel or go to prison, said the minister.',
    'Новы закон забараняе Facebook і Instagram',
    'Крыніца: БелТА',
    'Поделиться новостью в Telegram с друзьями стало опасно',
    'Падзяліцца: Іван, Пётр і Марыя',
    'Источник в правительстве подтвердил это',
    'Перадрук кнігі спынілі да суда.',
    'Перадрук кнігі дазволілі праз 30 гадоў.',
    'Есть что рассказать жителям города, считает мэр.',
    'Поддержать нас на митинге пришли сотни',
    'Support us or leave, he told them. They left.',
    'He called it project X.',
    'X',
    'Max.',
  ])('but no line of news: %s', async (text) =>
    expect(await blocks(`<p>${text}</p>`)).toMatchObject([{ text }]),
  );

  const other = '<a href="/be/news/7">Стары рынак зачынілі на рамонт</a>';
  it.each([
    `<p>READ MORE: ${other}</p>`,
    `<p><em>Читать по теме: ${other}</em></p>`,
    `<p>Related: ${other}</p>`,
    `<h3>Чытайце таксама</h3><ul><li>${other}</li></ul>`,
    '<p>Тэгі: <a href="/tag/1">мост</a>, <a href="/tag/2">рынак</a></p>',
    '<p>НАСТОЯЩИЙ МАТЕРИАЛ (ИНФОРМАЦИЯ) ПРОИЗВЕДЕН ИНОСТРАННЫМ АГЕНТОМ «ГОРОД» 18+</p>',
  ])('a line that is none of the story, as on its page: %s', async (line) => {
    expect(await draft(told(`<p>${LEAD}</p>${line}<p>Рынак адкрыты.</p>`))).toMatchObject({
      lead: LEAD,
      body: [{ text: 'Рынак адкрыты.' }],
    });
  });

  it('but a list of what stands at other sites is the story’s', async () => {
    const item = '<li><a href="https://law.example/7">Закон аб рынках горада</a></li>';
    const { body } = await draft(told(`<p>${LEAD}</p><ul>${item}${item}</ul><p>Рынак адкрыты.</p>`));
    expect(body.map(({ kind }) => kind)).toEqual(['list', 'paragraph']);
  });

  it('but stories that are most of the text are told', async () => {
    const list = `<ul>${[1, 2, 3].map(() => `<li>${other}</li>`).join('')}</ul>`;
    expect((await draft(told(`<p>Галоўнае за дзень.</p>${list}`))).body).toMatchObject([{ kind: 'list' }]);
  });

  it('a mark of the cut behind a text is an ellipsis', async () => {
    expect((await draft(told('Мост адкрылі сёння [&#8230;]'))).lead).toBe('Мост адкрылі сёння…');
  });

  it.each([
    'Дзеці любяць чытаць далей.',
    'Ён параіў чытаць больш.',
    'Подробности дела не раскрывают.',
    'Сообщение о задержании журналиста появилось на сайте МВД утром 26 ноября.',
    'Навіна пра суд упершыню з’явілася ў дзяржаўных медыя.',
    'Статья предусматривает семь лет. Её подзащитный впервые появился в суде без наручников.',
    'Материал подготовили журналисты. Через неделю он появился в печати.',
    'The post of the minister appeared first on Telegram.',
    'Суд адклалі. Падрабязнасці на пасяджэнні не агучвалі.',
    'Подробности на суде не огласили.',
    'Подробности на сайте опубликовали вечером.',
    'Далей у Мінску яго чакаў суд.',
    'Чытаць больш на мове пачалі ўсе',
  ])('but sentences stay, at the end and before it: %s', async (text) => {
    expect(await blocks(`<p>${text}</p>`)).toMatchObject([{ text }]);
    expect(await blocks(`<p>${text}</p><p>Канец.</p>`)).toMatchObject([{ text }, { text: 'Канец.' }]);
  });

  it('a tail behind the last sentence goes alone', async () => {
    const tail = 'Запіс Навіна пра горад упершыню з’явіўся на Горад.';
    expect(await blocks(`<p>Мост адкрылі. ${tail}</p>`)).toMatchObject([{ text: 'Мост адкрылі.' }]);
  });
});

describe('codes of the site’s own programs', () => {
  it.each([
    '[gallery ids="1,2,3"]',
    '[gallery columns=3 ids=&#8221;1,2&#8243;]',
    '[embed]https://video.example/watch?v=a[/embed]',
    '[video width="640" mp4="/a.mp4"][/video]',
    '[contact-form-7 id="12" title="Напішыце нам"]',
    '[vc_row][/vc_row]',
    '&#91;gallery ids=&quot;1,2&quot;&#93;',
  ])('are none of its words: %s', async (code) => {
    expect(await blocks(`<p>${code}</p>`)).toEqual([]);
    expect(await blocks(code)).toEqual([]);
  });

  it('around a text leave the text', async () => {
    const html =
      '[vc_row css="a"][vc_column]<p>Мост адкрылі.</p>[/vc_column][/vc_row][box type="info"]Важна.[/box]';
    expect(await blocks(html)).toMatchObject([{ text: 'Мост адкрылі.' }, { text: 'Важна.' }]);
  });

  it('around a picture have its caption', async () => {
    const caption = (file: string) =>
      `[caption id="attachment_5" align="left" width="800"]<a href="${file}"><img src="${file}"></a> Мост. (А. Б.)[/caption]`;
    expect(await blocks(`${caption('/a.jpg')}<p>Тэкст.</p>${caption('/b.jpg')}`)).toEqual([
      { kind: 'paragraph', text: 'Тэкст.' },
      { kind: 'figure', url: 'https://horad.example/b.jpg', caption: 'Мост.', credit: 'А. Б.' },
    ]);
  });

  it.each([
    'Ён сказаў [пра міністра] так.',
    '[Абноўлена] Мост адкрылі.',
    'Гл. [1] і [a].',
    'They said [sic] so.',
  ])('are not words in brackets: %s', async (text) =>
    expect(await blocks(`<p>${text}</p>`)).toMatchObject([{ text }]),
  );
});

describe('what programs put into the text of a feed is none of it', () => {
  const [one, two] = [
    'Мост адкрылі раніцай, прыйшлі сотні людзей.',
    'Рамонт доўжыўся год і каштаваў мільён рублёў.',
  ];
  it.each([
    '<div id="ez-toc-container"><p class="ez-toc-title">Змест</p><nav><ul><li><a href="#a">Першае</a></li></ul></nav></div>',
    '<div id="toc_container"><p class="toc_title">Содержание</p><ul><li><a href="#a">1 Першае</a></li></ul></div>',
    '<menu><a href="/">Галоўная</a><a href="/n">Навіны</a></menu>',
    '<div data-block="breadcrumblist"><a href="/">Горад</a> <a href="/n">Навіны</a></div>',
    '<div data-block="comments"><p>Добры мост, хлопцы.</p></div>',
    '<div class="yarpp yarpp-related-rss"><h3>Падобныя запісы:</h3><ol><li><a href="/2">Другая навіна</a></li></ol></div>',
    '<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3></div>',
    '<div class="code-block code-block-1"><a href="https://shop.example"><b>Купляйце ровар</b></a></div>',
    '<div class="kg-card kg-signup-card"><h2>Падпішыцеся</h2><p>Атрымлівайце лісты</p></div>',
    '<xml><w:WordDocument><w:View>Normal</w:View><w:Zoom>0</w:Zoom></w:WordDocument></xml>',
    '&lt;!--[if gte mso 9]&gt;&lt;w:View&gt;Normal&lt;/w:View&gt;&lt;![endif]--&gt;',
    '<div class="wp-block-embed__wrapper">https://www.youtube.com/watch?v=abc</div>',
    '<p>{/loadposition}</p>',
    '<p>{loadposition ads}</p><p>{youtube}abc123{/youtube}</p><p>[[$share]]</p><p>{{ banner }}</p>',
  ])('%s', async (added) => {
    for (const html of [`${added}<p>${one}</p><p>${two}</p>`, `<p>${one}</p>${added}<p>${two}</p>`])
      expect(words(await draft(told(html)))).toBe(`${one}\n{"kind":"paragraph","text":"${two}"}`);
  });

  it.each([`<!--[if !mso]><!--><p>${one}</p><!--<![endif]-->`, `&lt;!--[if gte mso 9]&gt;<p>${one}</p>`])(
    'but a text for everybody is one: %s',
    async (html) => expect(words(await draft(told(html)))).toContain(one),
  );

  it('but a text that is called so is one', async () =>
    expect((await draft(told(`<div class="share promo"><p>${one}</p></div>`))).lead).toBe(one));

  it('codes of forums are none, words in brackets are', async () => {
    const text =
      '[b]Мост[/b] [color=red]адкрылі[/color] [s]учора[/s] сёння, [url=https://horad.example/x]тут[/url]. Паводле [b] і [рэд.]';
    expect((await draft(told(text))).lead).toBe('Мост адкрылі сёння, тут. Паводле і [рэд.]');
    expect((await draft(told('Клас 7[b] і [i] пункт.'))).lead).toBe('Клас 7[b] і [i] пункт.');
  });
});

describe('a text in several languages', () => {
  it.each([
    '[:be]Мост адкрылі[:ru]Мост открыли[:]',
    '<![CDATA[<!--:be-->Мост адкрылі<!--:--><!--:ru-->Мост открыли<!--:-->]]>',
    '{mlang be}Мост адкрылі{mlang}{mlang ru}Мост открыли{mlang}',
  ])('is told in that of its edition, or else in the first: %s', async (title) => {
    const feed = rss(entry({ title, more: `<description>${title}</description>` }));
    const of = async (edition: string) => {
      const [story] = await drafts(feed, `https://horad.example/${edition}/rss`);
      return [story?.headline, story?.lead];
    };
    expect(await of('be')).toEqual(['Мост адкрылі', 'Мост адкрылі']);
    expect(await of('ru')).toEqual(['Мост открыли', 'Мост открыли']);
    expect(await of('en')).toEqual(['Мост адкрылі', 'Мост адкрылі']);
  });
});

describe('letters that came in pieces', () => {
  const text = 'Йог Ўладзіслаў: ёлка, ўжо й żółć.';
  it('are read whole, and make no other text', async () => {
    const of = (form: 'NFC' | 'NFD') =>
      draft(
        rss(
          entry({ title: text.normalize(form), more: `<description>${text.normalize(form)}</description>` }),
        ),
      );
    const [whole, pieces] = [await of('NFC'), await of('NFD')];
    expect(pieces).toEqual(whole);
    expect(whole).toMatchObject({ headline: text, lead: text });
  });
});

describe('links and pictures of a text', () => {
  it('stand on their words, whatever blanks are around them', async () => {
    const [first] = await blocks(
      '<p>Гл. <a href="/be/news/2"> другую </a>навіну і <b><a href="https://z.example/">z</a></b>.</p>',
    );
    expect(first).toEqual({
      kind: 'paragraph',
      text: 'Гл. другую навіну і z.',
      links: [
        { from: 4, to: 10, url: 'https://horad.example/be/news/2' },
        { from: 20, to: 21, url: 'https://z.example/' },
      ],
    });
  });

  it('a picture has its words and its maker apart', async () => {
    const figure = (caption: string) =>
      `<figure><img src="/b.jpg"><figcaption>${caption}</figcaption></figure>`;
    for (const caption of ['Мост. Фота: А. Б.', 'Мост. <cite>А. Б.</cite>', 'Мост. (А. Б.)'])
      expect(await blocks(`<p><img src="/a.jpg"></p>${figure(caption)}`)).toEqual([
        { kind: 'figure', url: 'https://horad.example/b.jpg', caption: 'Мост.', credit: 'А. Б.' },
      ]);
  });

  it('a figure may hold a table or words of somebody', async () => {
    expect(
      await blocks('<figure><blockquote>Усё добра.</blockquote><figcaption>Мэр</figcaption></figure>'),
    ).toEqual([{ kind: 'quote', text: 'Усё добра.', credit: 'Мэр' }]);
  });

  it('the words of somebody have their speaker, in a feed and on a page', async () => {
    const said = '<blockquote><p>Мы рады.</p><footer>— сказаў <cite>мэр</cite></footer></blockquote>';
    const quote = [{ kind: 'quote', text: 'Мы рады.', credit: 'сказаў мэр' }];
    expect(await blocks(said)).toMatchObject(quote);
    const read = await pageDraft(page('').replace('</article>', `${said}</article><footer>© Горад</footer>`));
    expect(read).toMatchObject({ body: [{ text: 'Другі абзац навіны.' }, ...quote] });
  });

  it('make no change of a text', () => {
    const story = { headline: 'H', lead: 'L' };
    const text = { kind: 'paragraph', text: 'One two' } as const;
    const links = [{ from: 0, to: 3, url: BASE }];
    expect(
      textHash({
        ...story,
        body: [
          { ...text, links },
          { kind: 'figure', url: BASE },
        ],
      }),
    ).toBe(textHash({ ...story, body: [text] }));
  });

  it('lie within their text in order, whatever mark-up there is', () => {
    const piece = fc.constantFrom(
      '<a href="/1">',
      '</a>',
      '<p>',
      '</p>',
      '<br>',
      '<b>',
      '</b>',
      '<li>',
      '<ol>',
      '</ol>',
      '<blockquote>',
      ' ',
      '\n',
      'слова',
      ' два ',
      '\uE000',
      '&nbsp;',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        for (const block of blocksIn(parseFragment(asHtml(pieces.join(''))), { base: BASE })) {
          let done = 0;
          for (const { from, to } of 'links' in block ? (block.links ?? []) : []) {
            expect(from).toBeGreaterThanOrEqual(done);
            expect(to).toBeLessThanOrEqual(block.text.length);
            expect(block.text.slice(from, to)).toBe(block.text.slice(from, to).trim());
            done = to;
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('what a template says around a text', () => {
  const BODY = '<p>Сапраўдны тэкст.</p><p>Другі абзац.</p>';
  it.each([
    `<span class="field field--name-title">Навіна пра горад</span> <span class="field field--name-uid"><span>admin</span></span> <span class="field field--name-created">чц, 12/03/2026 - 10:14</span><div class="clearfix field field--name-body">${BODY}</div><div class="field field--name-field-tags field--label-above"><div>Тэгі</div><a href="/t/a">горад</a></div><section class="field field--name-comment"><h2>Дадаць каментар</h2></section>`,
    `<div class="field field-name-field-news-category"><a href="/r">Грамадства</a> </div><div class="field field-name-body">${BODY}</div><div class="field field-name-field-tags">Тэгі: горад</div>`,
    `<span>Навіна пра горад</span> <span>admin</span> <span>чц, 12/03/2026 - 10:14</span>${BODY}<p>Add new comment</p>`,
    `<h2>Навіна пра горад</h2><p>12.03.2026 12:15</p><p>Рэклама</p>${BODY}`,
    `<span class="news-date-time">12.03.2026 12:15:00</span>Сапраўдны тэкст.<br><br>Другі абзац.`,
    `<figure><img src="/a.jpg"></figure><p>Навіна пра горад.</p>${BODY}`,
  ])('is left out: %s', async (html) => {
    const { lead, body } = await draft(told(html));
    expect([lead, body]).toEqual(['Сапраўдны тэкст.', [{ kind: 'paragraph', text: 'Другі абзац.' }]]);
  });

  it.each(['Навіна пра горад', 'Пачатак а 19:00', 'Навіна пра горад: падрабязнасці ад мэрыі'])(
    'is the text where there is no other: %s',
    async (text) => expect((await draft(told(`<p>${text}</p>`))).lead).toBe(text),
  );

  it('is none where the text goes on behind the headline', async () => {
    const lead = 'Навіна пра горад, якую чакалі ўсе';
    expect((await draft(told(`<p>${lead}</p>${BODY}`))).lead).toBe(lead);
  });

  it('is left out on a page as well', async () => {
    const html = page('').replace(
      `<p>${LEAD}`,
      `<p><span class="news-date-time">12.03.2026 12:15:00</span>${LEAD}`,
    );
    expect(await pageDraft(html)).toMatchObject({ lead: LEAD });
  });
});
