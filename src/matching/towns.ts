/**
 * Towns of Belarus in both languages with their adjectives, in which courts, prisons and districts are named (Вілейка,
 * вілейская калонія), what lies around them (Вілейшчына) and who lives there (вілейчане). The adjective follows from the
 * name by rule and the region from the adjective; where the first does not, the row gives it.
 */

import type { EndingKind } from './endings.ts';
import { type LetterReading, readCyrillic, type Tongue } from './letters.ts';
import { rowsOf } from './names.ts';
import { SMALL } from './terms.ts';
import { ending, plainWay, type Way, written } from './ways.ts';

/**
 * `be ru`, and after them the adjectives in both languages where no rule makes them. `_` joins the words of a name, `/`
 * spellings of it; `-`: no adjective; after `@` the inhabitants. `!`: small letters of the same spelling are another word
 * (мосты, берёза).
 */
const ROWS = `
Брэст/Берасце/Бярэсце Брест брэсцкі/берасцейскі брестский @брэстаўчане/брастаўчане/брестчане/берасцейцы/берасцеец | Баранавічы Барановичи @баранавічане/барановичане | Пінск Пинск @пінчане | Бяроза! Берёза! бярозаўскі берёзовский | Белаазёрск Белоозёрск
Ганцавічы Ганцевичи | Драгічын Дрогичин | Жабінка Жабинка жабінкаўскі жабинковский | Іванава Иваново | Івацэвічы Ивацевичи
Камянец Каменец | Кобрын Кобрин | Лунінец Лунинец | Мікашэвічы Микашевичи | Ляхавічы Ляховичи | Пружаны Пружаны
Маларыта Малорита маларыцкі малоритский | Столін Столин | Высокае! Высокое! высокаўскі высоковский | Косава Коссово
Целяханы Телеханы | Ружаны Ружаны | Антопаль Антополь | Лагішын Логишин | Дамачава Домачево
Віцебск Витебск @віцябчане/віцябляне/витебчане/витебляне | Орша/Ворша Орша аршанскі оршанский @аршанцы/аршанец/оршанцы/оршанец | Наваполацк Новополоцк | Полацк Полоцк @палачане/полочане | Бешанковічы Бешенковичи
Браслаў Браслав | Верхнядзвінск Верхнедвинск | Гарадок! Городок! гарадоцкі городокский | Лепель Лепель | Расоны Россоны
Глыбокае! Глубокое! глыбоцкі глубокский | Докшыцы Докшицы | Дуброўна Дубровно дубровенскі дубровенский | Ушачы Ушачи
Паставы! Поставы! | Лёзна Лиозно лёзненскі лиозненский | Міёры Миоры мёрскі миорский | Новалукомль Новолукомль | Талачын Толочин
Сянно Сенно сенненскі сенненский | Чашнікі Чашники | Шаркаўшчына/Шаркоўшчына Шарковщина | Шуміліна Шумилино
Барань! Барань! | Дзісна Дисна дзісенскі дисненский | Бягомль Бегомль | Обаль Оболь | Відзы Видзы відзаўскі видзовский
Коханава Коханово | Асвея Освея | Бальбасава Болбасово
Гомель Гомель @гамяльчане/гомельчане | Мазыр Мозырь @мазыране/мозыряне | Жлобін Жлобин @жлобінчане | Светлагорск Светлогорск | Рэчыца Речица @рэчычане/речичане | Калінкавічы Калинковичи
Рагачоў Рогачёв | Добруш Добруш | Жыткавічы Житковичи | Хойнікі Хойники | Петрыкаў Петриков | Ельск Ельск
Кашалёва Кошелёво | Нароўля Наровля нараўлянскі наровлянский | Чачэрск Чечерск | Ветка! Ветка! веткаўскі ветковский
Брагін Брагин | Лельчыцы Лельчицы | Карма! Корма! кармянскі кормянский | Лоеў Лоев | Васілевічы Василевичи | Тураў Туров
Камарын Комарин | Касцюкоўка Костюковка касцюкоўскі костюковский
Гродна/Горадня Гродно гродзенскі/гарадзенскі гродненский @гродзенцы/гродзенец/гродзенка/гарадзенцы/гарадзенец/гарадзенка/гродненцы/гродненец/гродненка | Ліда Лида @лідчане | Слонім Слоним | Ваўкавыск Волковыск | Смаргонь Сморгонь
Навагрудак/Наваградак Новогрудок навагрудскі новогрудский | Масты! Мосты! мастоўскі мостовский | Шчучын Щучин
Ашмяны Ошмяны | Скідзель Скидель | Бярозаўка Берёзовка бярозаўскі берёзовский | Дзятлава Дятлово
Іўе Ивье іўеўскі ивьевский | Астравец Островец | Свіслач Свислочь | Зэльва Зельва зэльвенскі зельвенский
Карэлічы Кореличи | Воранава Вороново воранаўскі вороновский | Вялікая_Бераставіца Большая_Берестовица бераставіцкі берестовицкий
Радунь Радунь | Сапоцкін Сопоцкин | Мір! Мир! мірскі мирский | Любча Любча любчанскі любчанский | Жыровічы Жировичи
Гальшаны Гольшаны | Крэва Крево крэўскі кревский | Індура Индура
Мінск/Менск Минск мінскі/менскі минский @мінчане/мінчукі/менчукі | Барысаў Борисов @барысаўчане/борисовчане | Салігорск Солигорск @салігорцы/солигорцы/салігорчане/солигорчане | Маладзечна Молодечно маладзечанскі молодечненский | Жодзіна Жодино @жодзінцы/жодинцы
Слуцк Слуцк @случчане | Вілейка Вилейка @вілейчане/вілейчукі | Дзяржынск/Койданава Дзержинск дзяржынскі/койданаўскі дзержинский | Мар’іна_Горка Марьина_Горка мар’інагорскі марьиногорский
Стоўбцы Столбцы стаўбцоўскі столбцовский | Нясвіж Несвиж | Смалявічы Смолевичи | Заслаўе Заславль заслаўскі заславский
Беразіно Березино бярэзінскі березинский | Фаніпаль Фаниполь | Любань Любань | Лагойск Логойск | Валожын Воложин
Старыя_Дарогі Старые_Дороги старадарожскі стародорожский | Чэрвень! Червень чэрвеньскі червенский | Клецк Клецк
Капыль Копыль | Узда Узда уздзенскі узденский | Крупкі! Крупки! крупскі крупский | Мядзел Мядель мядзельскі мядельский
Мачулішчы Мачулищи мачулішчанскі мачулищанский | Ракаў Раков | Івянец Ивенец | Смілавічы Смиловичи
Радашковічы Радошковичи | Самахвалавічы Самохваловичи | Плешчаніцы Плещеницы | Нарач Нарочь нарачанскі нарочанский
Ждановічы Ждановичи | Калодзішчы Колодищи калодзішчанскі колодищанский | Бараўляны Боровляны | Пухавічы Пуховичи
Рудзенск Руденск | Хатынь Хатынь | Курапаты! Куропаты! - -
Магілёў Могилёв @магіляўчане/могилевчане | Бабруйск Бобруйск @бабруйчане/бобруйчане | Асіповічы Осиповичи | Горкі! Горки! горацкі горецкий | Крычаў Кричев | Быхаў Быхов
Касцюковічы Костюковичи | Шклоў Шклов | Мсціслаў Мстиславль мсціслаўскі мстиславский | Чавусы Чаусы | Чэрыкаў Чериков
Кіраўск Кировск | Клімавічы Климовичи | Слаўгарад Славгород | Клічаў Кличев | Бялынічы Белыничи | Глуск Глуск
Круглае! Круглое! круглянскі круглянский | Дрыбін Дрибин | Краснаполле Краснополье краснапольскі краснопольский
Хоцімск Хотимск
`;

export interface Town {
  /** In both languages, in lower case; `_` joins its words. */
  readonly names: readonly string[];
  /** Forms of each word of the name, in both languages; the adjective is a form of every one. */
  readonly words: readonly (readonly Way[])[];
  /** Of its inhabitants, who are found by the town and do not find it. */
  readonly people: readonly Way[];
  /** Small letters of the same spelling are another word. */
  readonly isWord: boolean;
}

let read: readonly Town[] | undefined;

/** All towns, read once a process. */
export const allTowns = (): readonly Town[] => (read ??= rowsOf(ROWS).map(townOf));

function townOf(row: readonly string[]): Town {
  const [be = '', ru = '', beAdjective, ruAdjective] = row.filter((cell) => !cell.startsWith('@'));
  const inhabitants =
    row
      .find((cell) => cell.startsWith('@'))
      ?.slice(1)
      .split('/') ?? [];
  const names = [...be.split('/').map((name) => [name, 'be'] as const), [ru, 'ru'] as const].map(
    ([name, tongue]) => ({ words: name.replace('!', '').toLowerCase().split('_'), tongue }),
  );
  const adjectives = [
    ...adjectiveForms(beAdjective ?? adjectiveOf(names[0]?.words[0] ?? '', 'be'), 'be'),
    ...adjectiveForms(ruAdjective ?? adjectiveOf(names.at(-1)?.words[0] ?? '', 'ru'), 'ru'),
  ];
  const words = (names[0]?.words ?? []).map((_, at) => [
    ...names.flatMap(({ words: parts, tongue }) => nameForms(parts[at] ?? '', tongue)),
    ...adjectives,
  ]);
  return {
    names: names.map(({ words: parts }) => parts.join('_')),
    words,
    people: inhabitants.flatMap(peopleForms),
    isWord: be.includes('!'),
  };
}

/** Баранавічы, баранавіцкі; Быхаў, быхаўскі; Барановичи, барановичский; Докшицы, докшицкий. */
function adjectiveOf(name: string, tongue: Tongue): string {
  const end = tongue === 'be' ? 'і' : 'ий';
  if (/[сц]к$/u.test(name)) return name + end;
  if (name.endsWith('йка')) return `${name.slice(0, -2)}ск${end}`;
  if (name.endsWith('ль')) return `${name}ск${end}`;
  const stem = name.replace(/[аоыяиіеь]$/u, '');
  if (tongue === 'ru') return stem + (stem.endsWith('ц') ? 'к' : 'ск') + end;
  if (/(?:ст|[кцч])$/u.test(stem)) return `${stem.slice(0, -1)}цк${end}`;
  return stem.endsWith('с') ? `${stem}к${end}` : `${stem.replace(/в$/u, 'ў')}ск${end}`;
}

function adjectiveForms(adjectives: string, tongue: Tongue): Way[] {
  if (adjectives === '-') return [];
  return adjectives.split('/').flatMap((adjective) => {
    const reading = readingOf(adjective, tongue);
    return [
      { ...formOf(reading.form.replace(/iy?$/u, ''), 'relational', reading), relational: true as const },
      ...nameForms(regionOf(adjective, tongue), tongue),
    ];
  });
}

/** Мінскі, Міншчына; слуцкі, Случчына; лідскі, Лідчына; брэсцкі, Брэстчына; минский, Минщина. */
const regionOf = (adjective: string, tongue: Tongue): string =>
  adjective
    .replace(/ий?$|і$/u, tongue === 'be' ? 'ына' : 'ина')
    .replace(/с(?:ц|тс)к(?=.на$)/u, 'стч')
    .replace(/дск(?=.на$)/u, 'дч')
    .replace(/цк(?=.на$)/u, 'чч')
    .replace(/ск(?=.на$)/u, 'шч');

/** Мінчане, мінчанін, мінчанка; гродзенцы. */
function peopleForms(name: string): Way[] {
  const reading = readingOf(name, 'be');
  const forms = name.endsWith('не')
    ? [formOf(reading.form.slice(0, -1), 'people', reading)]
    : nameForms(name, 'be');
  return forms.map((way) => ({
    ...way,
    written: way.written && { ...way.written, tongue: 'any' },
    relational: true,
  }));
}

type Reading = LetterReading & { readonly tongue: Tongue };

const readingOf = (word: string, tongue: Tongue): Reading => ({ ...readCyrillic(word, tongue), tongue });

/** A stem of a town's name with the endings that its declension allows; unwritten where a vowel of it falls out. */
const formOf = (stem: string, kind: EndingKind, { form, marks, tongue }: Reading): Way => ({
  ...plainWay(stem, { capital: SMALL, open: false }),
  ...ending(kind),
  written: form.startsWith(stem) ? { ...written(form, stem, marks, tongue), fixed: true } : undefined,
  latin: false,
  plural: kind === 'plural',
  place: true,
});

/** The name by its declension, told by its last letters. */
function nameForms(name: string, tongue: Tongue): Way[] {
  const reading = readingOf(name, tongue);
  const { form } = reading;
  const stem = form.slice(0, -1);
  if (/(?:ае|ое)$/u.test(name)) return [formOf(form.slice(0, -2), 'neuter', reading)];
  if (/(?:ыя|ые|ая)$/u.test(name)) return [formOf(form.slice(0, -2), 'adjective', reading)];
  if (/[ыиі]$/u.test(name)) {
    const genitive = /[^aeiuy]k$/u.test(stem)
      ? ['a', 'e'].map((vowel) => formOf(stem.slice(0, -1) + vowel + stem.slice(-1), 'exact', reading))
      : [];
    return [formOf(stem, 'plural', reading), ...genitive];
  }
  if (/[аяое]$/u.test(name)) return [formOf(stem, 'ended', reading), ...softened(name, tongue)];
  const fallen = /^(.+)[ae]([tk])$/u.exec(form);
  const shorter = fallen ? [formOf(`${fallen[1]}${fallen[2]}`, 'fallen', reading)] : [];
  return [formOf(form, 'single', reading), ...shorter];
}

/** Вілейцы, Ветцы: the Belarusian dative and locative of -ка. */
function softened(name: string, tongue: Tongue): Way[] {
  if (tongue !== 'be' || !name.endsWith('ка')) return [];
  const reading = readingOf(`${name.slice(0, -2)}цы`, tongue);
  return [formOf(reading.form, 'exact', reading)];
}
