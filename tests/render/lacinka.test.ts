import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toLacinka } from '#src/render/lacinka.ts';
import { workOf } from '#testing/work.ts';

/** Rule, then words with their łacinka. */
const WORDS: Readonly<Record<string, string>> = {
  'one letter, one letter':
    'агонь ahoń, бабуля babula, вада vada, горад horad, дом dom, зубр zubr, кот kot, мама mama, нос nos, пан pan, рака raka, сад sad, тата tata, фота fota, краіна kraina, азот azot, нафта nafta, порт port, тэма tema, эра era',
  'ж ч ш ц are ž č š c':
    'жук žuk, журналіст žurnalist, мяжа miaža, час čas, чалавек čałaviek, ноч noč, школа škoła, наш naš, шчыт ščyt, цана cana, цэнтр centr, працэс praces, месяц miesiac, палац pałac',
  'г is h, ґ is g, х is ch':
    'гадзіна hadzina, Гродна Hrodna, нага naha, гонар honar, ґанак ganak, ґузік guzik, хата chata, хлеб chleb, страх strach, захад zachad, Харкаў Charkaŭ',
  'ў is ŭ':
    'воўк voŭk, аўтар aŭtar, праўда praŭda, слова słova, быў byŭ, роў roŭ, Каўнас Kaŭnas, аўторак aŭtorak',
  'й is j':
    'край kraj, май maj, мой moj, вайна vajna, чайка čajka, Ейск Jejsk, чарговай čarhovaj, Андрэй Andrej',
  'ы is y, і is i':
    'сын syn, быць być, мыш myš, іней iniej, ліпень lipień, сіла siła, выбары vybary, суды sudy',
  'л before a hard letter or at the end is ł':
    'лампа łampa, лодка łodka, луг łuh, лысы łysy, стол stoł, быў голас byŭ hołas, палка pałka, мэбля mebla, волк vołk, школа škoła, Латвія Łatvija, слуга słuha',
  'л before е ё і ю я is l, and the vowel has no i':
    'лес les, лён lon, ліст list, люты luty, ляўкоўскі laŭkoŭski, поле pole, салют salut, зямля ziamla, Алесь Aleś, каляндар kalandar, клён klon, палёт palot, ілюзія iluzija',
  'ль is l':
    'соль sol, польскі polski, Гомель Homiel, вугаль vuhal, ільготы ilhoty, бальніца balnica, пальма palma, толькі tolki',
  'лл before a soft vowel is ll':
    'Наталля Natalla, зелле zielle, вяселле viasielle, галлё hallo, ралля ralla',
  'ь after з с ц н дз is an acute':
    'дзень dzień, конь koń, кузьма kuźma, возьме voźmie, лось łoś, восьмы vośmy, пісьмо piśmo, быць być, ведаць viedać, маці maci, мядзведзь miadzviedź, будзьце budźcie, студзень studzień, Казань Kazań, Беларусь Biełaruś',
  'е ё ю я at the start are je jo ju ja':
    'ежа ježa, Еўропа Jeŭropa, ён jon, ёлка jołka, юнак junak, Юрый Juryj, яблык jabłyk, яна jana, Яўген Jaŭhien, ясны jasny',
  'е ё ю я after a vowel are je jo ju ja':
    'мае maje, паехаў pajechaŭ, маё majo, раён rajon, маю maju, даюць dajuć, мая maja, маяк majak, Расія Rasija, гісторыя historyja, партыя partyja, паэзія paezija, еём jejom',
  'е ё ю я after ў, й and ь are je jo ju ja':
    'ўехаў ŭjechaŭ, сыраўя syraŭja, здароўе zdaroŭje, Майя Majja, Нью Ńju, Ілья Ilja, Мальё Maljo, каньён kańjon, мільён miljon, брыльянт bryljant, рэльеф reljef, авеньё avieńjo',
  'the apostrophe goes, and j stays':
    'з’ява zjava, аб’ява abjava, аб’ём abjom, сям’я siamja, п’ю pju, з’езд zjezd, від’ём vidjom, вераб’і vierabji, пад’езд padjezd, кар’ер karjer, Лук’янаў Łukjanaŭ, камп’ютар kampjutar, Дар’я Darja',
  'е ё ю я after a consonant are ie io iu ia':
    'неба nieba, месца miesca, вёска vioska, сёння siońnia_, мёд miod, нюанс niuans, бюро biuro, цюльпан ciulpan, вясна viasna, мяса miasa, цяпло ciapło, дзядзька dziadźka, дзеці dzieci, Пётр Piotr, Вячорка Viačorka, мядовы miadovy, кяліх kialich, гепард hiepard',
  'дз and дж are dz and dž':
    'дзверы dzviery, дзіця dzicia, хаджу chadžu, дождж doždž, джаз džaz, людзі ludzi, ксёндз ksiondz, сядзець siadzieć',
  'capitals follow the word':
    'Яна Jana, ЯНА JANA, Я Ja, Х Ch, Хата Chata, ХАТА CHATA, Юлія Julija, ЮЛІЯ JULIJA, ЕАЭС JEAES, ДзЯК DzJAK_, Ціханоўская Cichanoŭskaja, ЛУКАШЭНКА ŁUKAŠENKA, Любоў Luboŭ, ДЗЕНЬ DZIEŃ, МУС MUS, ЁН JON',
  'an apostrophe before a hyphen goes as any other':
    'прэм’ер-міністр premjer-ministr, экс-прэм’ер eks-premjer, віцэ-прэм’ер-міністр vice-premjer-ministr, камп’ютар-сервер kampjutar-siervier, інтэрв’ю-марафон intervju-marafon, сям’я-пераможца siamja-pieramožca, прэм’ера-дэбют premjera-debiut, аб’ект-двайнік abjekt-dvajnik, Прэм’ер-ліга Premjer-liha, ПРЭМ’ЕР-МІНІСТР PREMJER-MINISTR, Лук’яненка-Заяц Łukjanienka-Zajac, бар’ер-2 barjer-2',
  'a foreign particle keeps its apostrophe':
    'Кот-д’Івуар Kot-d’Ivuar, Д’Артаньян D’Artańjan, д’Арк d’Ark, О’Браен O’Brajen, Л’Арэаль L’Areal, д’Эстэн d’Esten, О’Ніл O’Nił, З’ЯВА ZJAVA, з’ява zjava, аб’ява-Я abjava-Ja',
  'Roman numbers typed in Cyrillic are Roman': 'ХХ XX, ХІХ XIX, ХХІ XXI, ІІІ III, Х Ch',
  'capitals with an ending':
    'ЮНЕСКАўскі JUNIESKAŭski, ЕСаўскі JESaŭski, АЭСаўскі AESaŭski, ЦВКаўскі CVKaŭski, Яўген Jaŭhien, КДБіст KDBist, ЕАЭСаўскі JEAESaŭski',
  'names as the English edition writes them':
    'Лукашэнка Łukašenka, Бяляцкі Bialacki, Магілёў Mahiloŭ, Віцебск Viciebsk, Мінск Minsk, Баранавічы Baranavičy, Калеснікава Kalesnikava, Статкевіч Statkievič, Сяргей Siarhiej, Святлана Sviatłana, Аляксандр Alaksandr, Мікалай Mikałaj, Гродна Hrodna, Маладзечна Maładziečna, Бабарыка Babaryka, Уладзімір Uładzimir',
};

/** Not of this orthography, or of two minds about capitals: no rule of ours. */
const pairs = Object.entries(WORDS).flatMap(([rule, words]) =>
  words
    .split(', ')
    .filter((pair) => !pair.endsWith('_'))
    .map((pair) => {
      const at = pair.lastIndexOf(' ', Math.floor(pair.length / 2) + 1);
      return { rule, cyrillic: pair.slice(0, at), latin: pair.slice(at + 1) };
    }),
);

const SENTENCES: readonly (readonly [rule: string, cyrillic: string, latin: string])[] = [
  [
    'words and their signs',
    'У Мінску пачаўся суд, на які не пусцілі журналістаў.',
    'U Minsku pačaŭsia sud, na jaki nie puscili žurnalistaŭ.',
  ],
  ['ў at the start of a word', 'Навіны ў Гродне і ў Лідзе.', 'Naviny ŭ Hrodnie i ŭ Lidzie.'],
  [
    'a date and a dateline',
    '8 ліпеня, Позірк. Улады заявілі пра новыя правілы.',
    '8 lipienia, Pozirk. Ułady zajavili pra novyja praviły.',
  ],
  ['guillemets stay', 'Газета «Наша Ніва» піша пра “Белсат”.', 'Hazieta «Naša Niva» piša pra “Biełsat”.'],
  [
    'numbers and units stay',
    'Цана вырасла на 1,5 % да 8.421 рубля.',
    'Cana vyrasła na 1,5 % da 8.421 rubla.',
  ],
  [
    'an address stays',
    'Чытайце тут: https://pozirk.online/be/навіны?тэма=суд',
    'Čytajcie tut: https://pozirk.online/be/навіны?тэма=суд',
  ],
  [
    'a bare address stays',
    'Сайт прыклад.бел і t.me/прыклад працуюць.',
    'Sajt прыклад.бел i t.me/прыклад pracujuć.',
  ],
  ['a mention stays', 'Пішыце ў @прыклад_бот або @pozirk.', 'Pišycie ŭ @прыклад_бот abo @pozirk.'],
  ['a hashtag stays', '#Палітыка і #Эканоміка ў адным допісе', '#Палітыка i #Эканоміка ŭ adnym dopisie'],
  [
    'e-mail stays',
    'Адрас: рэдакцыя@прыклад.бел ці news@example.org.',
    'Adras: рэдакцыя@прыклад.бел ci news@example.org.',
  ],
  ['a command stays', 'Наберыце /settings і абярыце мову.', 'Nabierycie /settings i abiarycie movu.'],
  [
    'tags and attributes stay',
    '<a href="https://x.by/" title="Навіна">Навіна</a> дня',
    '<a href="https://x.by/" title="Навіна">Navina</a> dnia',
  ],
  ['entities stay', 'Хлеб &amp; соль &laquo;тут&raquo; &#1073;', 'Chleb &amp; sol &laquo;tut&raquo; &#1073;'],
  [
    'Latin words stay',
    'Кампанія Apple прадставіла iPhone у Вільні.',
    'Kampanija Apple pradstaviła iPhone u Vilni.',
  ],
  [
    'a Russian word stays',
    'Партал Спутник Беларусь і газета «Известия»',
    'Partał Спутник Biełaruś i hazieta «Известия»',
  ],
  [
    'a Russian name in quotes stays whole',
    'Партал «Спутник Беларусь», «Радио Свобода» і «Наша Ніва»',
    'Partał «Спутник Беларусь», «Радио Свобода» i «Naša Niva»',
  ],
  [
    'a Belarusian sentence in quotes does not, for a Russian word in it',
    'Ён сказаў: «Мы чыталі Известия і Звязду»',
    'Jon skazaŭ: «My čytali Известия i Zviazdu»',
  ],
  ['centuries', 'У ХІХ і ХХ стагоддзях, ХVІІІ стагоддзе', 'U XIX i XX stahoddziach, XVIII stahoddzie'],
  [
    'a whole line with all of it',
    'Экс-прэм’ер-міністр Кот-д’Івуара прыехаў у штаб-кватэру ЮНЕСКА, ААН і НАТА.',
    'Eks-premjer-ministr Kot-d’Ivuara pryjechaŭ u štab-kvateru JUNIESKA, AAN i NATA.',
  ],
  ['a headline in capitals', 'Я ЛЮБЛЮ БЕЛАРУСЬ', 'JA LUBLU BIEŁARUŚ'],
  ['initials', 'Я. Колас, Х. Жычка і Ю. Дракахруст', 'Ja. Kołas, Ch. Žyčka i Ju. Drakachrust'],
  ['hyphens', 'Нью-Ёрк, чорна-белы, 20-гадовы', 'Ńju-Jork, čorna-bieły, 20-hadovy'],
  ['the apostrophe in whatever shape', "Сям'я, сям’я, сямʼя", 'Siamja, siamja, siamja'],
  ['an apostrophe that is a quote stays', "Слова 'слова' слова", "Słova 'słova' słova"],
  ['a stress mark stays over its vowel', 'за\u0301мак і мая\u0301к', 'za\u0301mak i maja\u0301k'],
  [
    'letters composed of two',
    'и\u0306 у\u0306 е\u0308н: краи\u0306, воу\u0306к, е\u0308н',
    'j ŭ jon: kraj, voŭk, jon',
  ],
  ['lines and paragraphs', 'Першы.\n\nДругі — і апошні…', 'Pieršy.\n\nDruhi — i apošni…'],
];

describe('łacinka', () => {
  it('has a table of at least 150 words and 20 sentences', () => {
    expect(pairs.length).toBeGreaterThanOrEqual(150);
    expect(SENTENCES.length).toBeGreaterThanOrEqual(20);
  });

  it.each(Object.keys(WORDS))('%s', (rule) => {
    const wrong = pairs
      .filter((pair) => pair.rule === rule && toLacinka(pair.cyrillic) !== pair.latin)
      .map(({ cyrillic, latin }) => `${cyrillic}: ${toLacinka(cyrillic)}, not ${latin}`);
    expect(wrong).toEqual([]);
  });

  it.each(SENTENCES)('%s', (_, cyrillic, latin) => {
    expect(toLacinka(cyrillic)).toBe(latin);
  });

  const cyrillic = fc.string({
    unit: fc.constantFrom(
      ...Array.from('абвгґдеёжзійклмнопрстуўфхцчшыьэюяАЕЁЛЬЮЯХДЗ’ -.,«»@#/:<>&;\u0301ищъabcłšž1'),
    ),
    maxLength: 200,
  });

  it('read twice is the same', () => {
    fc.assert(
      fc.property(cyrillic, (text) => {
        expect(toLacinka(toLacinka(text))).toBe(toLacinka(text));
      }),
    );
  });

  it('leaves a text without Cyrillic as it is', () => {
    const latin = fc.string({ unit: 'grapheme' }).filter((text) => !/\p{Script=Cyrillic}/u.test(text));
    fc.assert(
      fc.property(latin, (text) => {
        expect(toLacinka(text)).toBe(text);
      }),
    );
  });

  it('is never more than twice as long', () => {
    fc.assert(
      fc.property(fc.oneof(cyrillic, fc.string({ unit: 'binary' })), (text) => {
        expect(toLacinka(text).length).toBeLessThanOrEqual(2 * text.length);
      }),
    );
  });

  it('leaves no Belarusian letter in a word', () => {
    const word = fc.string({
      unit: fc.constantFrom(...Array.from('абвгдеёжзійклмнопрстуўфхцчшыьэюя')),
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(word, (text) => {
        expect(toLacinka(text)).not.toMatch(/\p{Script=Cyrillic}/u);
      }),
    );
  });

  it.each(['а', 'а-', 'а.', '<a', '&a', 'а@', '@а', 'a://', 'лл', 'а’', '\u0301', 'л\u0301'])(
    'takes time in proportion to the length of %j repeated',
    async (piece) => {
      const took = async (count: number): Promise<number> => {
        const text = piece.repeat(count);
        let least = Number.POSITIVE_INFINITY;
        for (let round = 0; round < 3; round++) least = Math.min(least, await workOf(() => toLacinka(text)));
        return least;
      };
      await took(1000);
      // Twenty times the length may take sixty times as long on a busy machine, but not four hundred times.
      expect(await took(20_000)).toBeLessThan(Math.max(60 * (await took(1000)), 500));
    },
  );
});
