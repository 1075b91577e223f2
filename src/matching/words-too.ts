/**
 * Names that are words as well: Вясна, Зеркало, Мороз, Spring. Where such a word opens a sentence its capital tells
 * nothing, so there it counts only if something beside it says that it is a name (`terms.ts`).
 */

import { readCyrillic } from './letters.ts';
import { isCyrillic } from './terms.ts';

/** First names: a capital after them is their surname's. */
const FIRST = 'вера надежда надзея любовь любоў слава роман раман лев леў роза ружа лада рада света';

/** Newsrooms, parties, firms, clubs. */
const BRANDS =
  'знак свобода свабода весна вясна позірк зеркало люстэрка страна дождь дождж мир мір маланка молния воля ніва нива маяк родина ' +
  'радзіма правда праўда звязда звезда труд время час солидарность салідарнасць хартия хартыя погоня пагоня ветразь парус ' +
  'регион рэгіён заря рассвет восход луч полёт орбита горизонт гарызонт витязь планета панорама перспектива честь сила сіла ' +
  'народ грамада громада рада дума знамя крыніца родник источник дружба победа перамога слово слова голос голас эхо рэха ' +
  'вестник веснік известия вести весткі вольнасць волат звон колокол набат искра іскра вперёд наперад огонёк наследие спадчына ' +
  'маска маск юность юнацтва молодость динамо шахтёр корона соседи перекрёсток пятёрочка магнит светофор лента вкус остров ' +
  'медуза агентство холод важные проект вёрстка собеседник спектр сигнал телеграм метро альфа сталь салют восток запад';

/** Names of firms, teams, parks, operations and books. */
const THINGS =
  'школа академия академія палата проспект площадь плошча улица вуліца арка башня вежа брама вароты ворота мост крепость крэпасць цитадель цытадэль щит ' +
  'меч копьё дзіда стрела страла пуля куля купол космос комета камета океан акіян берег бераг остров востраў волна хваля прибой прилив ' +
  'лидер лідар чемпион чэмпіён победитель пераможца герой легенда эпоха эра век история гісторыя память памяць культура наука навука ' +
  'искусство мастацтва театр тэатр музей оркестр опера балет песня сказка казка книга кніга газета страница старонка буква літара ' +
  'дом дым двор город горад деревня вёска край земля зямля небо неба солнце сонца луна месяц зорка ясень клевер канюшына василёк валошка ' +
  'роза рябина рабіна аист бусел зубр мамонт лошадь конь олень алень пантера леопард тигр крокодил черепаха дракон феникс грифон единорог ' +
  'дорога шлях путь тропа сцежка граница мяжа перспектива проект праект платформа движение рух фронт союз саюз партия коалиция кааліцыя комитет камітэт ' +
  'центр цэнтр совет савет фонд форум клуб группа група команда каманда бригада центр лига ліга сборная зборная ' +
  'право закон порядок парадак справедливость справядлівасць совесть сумленне достоинство годнасць разум розум мысль думка идея ідэя надежда мечта мара ' +
  'жизнь жыццё любовь вера дети дзеці мать маці отец бацька брат сестра сястра семья сямя дружина воин ваяр ветеран патриот партизан ' +
  'рубеж рубяжы грань грані вершина вяршыня гора вулкан лавина пожар пажар гроза навальніца радуга вясёлка ' +
  'кремль палац дворец замок ратуша вокзал порт гавань пристань прыстань маяк якорь парус корабль карабель крейсер ракета спутник спадарожнік ' +
  'банк биржа рынок рынак завод фабрика аптека кухня пекарня кофе кава чай пиво піва золото золата серебро срэбра алмаз рубин изумруд янтарь бурштын ' +
  'зелёные правые левые красные белые чёрные старт финиш финал успех удача шанс выбор будущее будучыня прорыв прарыў контакт связь сувязь ' +
  'перец лимон апельсин яблоко яблык виноград мёд калина малина маліна земляника суніцы';

/** Surnames: beasts, plants, trades, weather, what one eats and wears; adjectives. */
const SURNAMES =
  'мороз мароз жук волк воўк гусь заяц козёл казёл козел сорока сарока ворона варона воробей верабей соловей салавей голубь голуб ' +
  'сокол сокал орёл арол лебедь лебедзь журавель жураў петух баран бык вол кот лис ліс медведь мядзведзь хомяк хамяк ёж вожык ' +
  'карась щука сом рак муха комар камар муравей пчела пчала бобр бобёр бабёр барсук рысь тигр ястреб чайка галка дятел дзяцел ' +
  'дуб береза берёза бяроза калина каліна вишня вішня груша верба вярба осина асіна сосна сасна мак перец горох гарох боб гриб грыб лук капуста ' +
  'редька репа хрен каша борщ пирог хлеб соль сало масло молоко малако сыр ' +
  'кузнец мельник млынар пастух рыбак солдат салдат король кароль князь царь цар поп дьяк пан ' +
  'майор мастер майстар писарь пісар школьник студент коммунист учитель ' +
  'буря бура ветер вецер гром снег туман роса раса зима лето лета осень восень огонь вогонь камень песок пясок гора поле лес река рака море ' +
  'середа серада суббота субота голова галава нога рука борода барада зуб нос кулак палец шапка сапог шуба торба ' +
  'молот молат топор сякера пила піла клин гвоздь замок ключ ложка чашка бочка дудка скрипка ' +
  'крутой белый белы чёрный чорны красный рыжий рыжы лысый лысы глухой глухі кривой толстой малый вялікі великий святой святы ' +
  'дикий мудрый добрый добры мирный мірны гордый новый новы старый стары сухой сухі сладкий горький горкі долгий тихий ціхі';

/** Months; places elsewhere. */
const OTHERS =
  'студзень люты сакавік красавік май травень чэрвень ліпень жнівень верасень кастрычнік лістапад снежань март август чад того шахты ключи';

const ENGLISH_FIRST =
  'will hope faith grace joy rose mark bill rob art pat sue drew chase grant hunter page penny ray rich robin ' +
  'summer autumn wade ward may april june august frank ruby pearl dawn eve herb';

const ENGLISH =
  'march spring winter west north south east white black brown green gray young long short stone wood woods king prince bishop pope knight cook ' +
  'baker smith carter fisher miller potter bush rice powers price cash banks case church field hill lake rivers brooks ford bridges gates walls ' +
  'street lane park parks house hall temple strong swift wise noble sharp wild savage love best fox wolf bird crow swan apple target gap shell ' +
  'oracle meta signal telegram visa mirror sun times time post guardian independent economist nation freedom liberty truth rain sign country ' +
  'turkey polish jordan chad reading bath nice orange mobile charter zoom discord slack stripe square block bolt arrow sky charity voice echo ' +
  'people standard observer mail express metro star herald tribune record news horizon dawn victory force vision spark beacon champion ' +
  'ocean blue crown eagle forward progress union unity justice order action change future hero leader legend pioneer discovery endeavour atlas titan ' +
  'thunder lightning storm snow ice fire wave island coast harbour bridge tower castle shield sword lion tiger bear hawk falcon dragon phoenix';

const forms = (words: string): ReadonlySet<string> =>
  new Set(
    words
      .split(' ')
      .flatMap((word) =>
        isCyrillic(word) ? (['be', 'ru'] as const).map((tongue) => readCyrillic(word, tongue).form) : [word],
      ),
  );

let known: { readonly first: ReadonlySet<string>; readonly all: ReadonlySet<string> } | undefined;

/** Whether a word in lower case is a name and a word, and if so whether a first name. */
export function wordToo(word: string): 'first' | 'other' | undefined {
  known ??= {
    first: forms(`${FIRST} ${ENGLISH_FIRST}`),
    all: forms([FIRST, BRANDS, THINGS, SURNAMES, OTHERS, ENGLISH_FIRST, ENGLISH].join(' ')),
  };
  const form = isCyrillic(word) ? readCyrillic(word, 'any').form : word;
  if (!known.all.has(form)) return undefined;
  return known.first.has(form) ? 'first' : 'other';
}
