/** Names and words that rules of sound and ending cannot bring together, or would wrongly bring together. */

/** A table in which rows stand on lines of their own or between bars, and words between spaces. */
export const rowsOf = (table: string): string[][] =>
  table
    .trim()
    .split(/\n| \| /u)
    .map((row) => row.split(' '));

/**
 * Words of one group are one name: each finds all. In their base form, lower case, any script; after `=` a word that only
 * its own English letters stand for (`=german` is not Герман); after `+` whoever lives there, written small, who is found by
 * the name and does not find it (белорус); in capitals an abbreviation.
 */
export const SAME: readonly (readonly string[])[] = [
  // Places whose adjective has another stem, or whose name differs by more than spelling.
  ...rowsOf(`
масква москва moscow московский маскоўскі
літва литва літоўскі литовский litva lithuania =lithuanian +літовец +літоўцы +літоўка +литовцы
польшча польша польскі польский poland polska =polish =poles +паляк | рига рыга рижский рыжскі riga ryha
прага пражский пражскі prague praha | варшава warsaw warszawa varšava
вильнюс вільнюс вільня vilnius vilnia vilna віленскі | киев кіеў київ kyiv kiev kijeŭ
харьков харкаў харків kharkiv kharkov | львов львоў львів lviv lvov lvoŭ
белосток беласток bialystok białystok bielastok
беларусь белоруссия беларуский белорусский belarus bielaruś belarusian +белорус +беларус
россия расія расея russia russian российский расійскі rasija РФ +расіянін +расіяне +расіянка +расеец +расейцы
украина украіна ukraine ukraina ukrainian +украінец +украінцы +украінка | париж парыж paris парижский парыжскі
вена vienna венский венскі | женева жэнева =geneva | пекин пекін =beijing | брюссель брусель brussels
израиль ізраіль israel izrail =israeli +ізраільцянін +ізраільцяне +ізраільцянка
вашингтон вашынгтон washington | глубокое глыбокае hlybokaje hlybokaye glubokoye | ивье іўе iuye iŭje ivye
латвия латвія latvia латвийский латвійскі латышский латышскі =latvian +латыш
эстония эстонія estonia эстонский эстонскі =estonian +эстонец +эстонцы | болгария балгарыя bulgaria =bulgarian
румыния румынія romania =romanian | венгрия венгрыя hungary венгерский венгерскі вянгерскі =hungarian
германия германія нямеччына =germany =german немецкий нямецкі +немец +немцы +немка
франция францыя france французский французскі =french +француз
италия італія italy итальянский італьянскі =italian +італьянец +італьянцы
испания іспанія =spain испанский іспанскі =spanish +іспанец +іспанцы
финляндия фінляндыя finland финский фінскі =finnish | швеция швецыя =sweden шведский шведскі =swedish
норвегия нарвегія =norway норвежский нарвежскі =norwegian +нарвежац +норвежец +нарвежцы
дания данія =denmark датский дацкі =danish | нидерланды нідэрланды =netherlands =dutch
великобритания вялікабрытанія =britain британский брытанскі =british +брытанец +брытанцы
австрия аўстрыя =austria австрийский аўстрыйскі =austrian
швейцария швейцарыя =switzerland швейцарский швейцарскі =swiss | чехия чэхія =czech =czechia чешский чэшскі
словакия славакія slovakia словацкий славацкі =slovak | сербия сербія serbia сербский сербскі =serbian
хорватия харватыя =croatia хорватский харвацкі =croatian | греция грэцыя =greece греческий грэчаскі =greek
кипр кіпр =cyprus кипрский кіпрскі | турция турцыя =turkey турецкий турэцкі =turkish
грузия грузія =georgia грузинский грузінскі =georgian +грузін
армения арменія armenia армянский армянскі =armenian +армянін +армяне
китай кітай =china китайский кітайскі =chinese +кітаец +кітайцы
япония японія =japan японский японскі =japanese | корея карэя korea корейский карэйскі =korean
индия індыя =india индийский індыйскі =indian | иран іран iran =iranian +іранец +іранцы
ирак ірак iraq =iraqi | сирия сірыя =syria сирийский сірыйскі =syrian
египет егіпет =egypt египетский егіпецкі =egyptian
америка амерыка america =american американский амерыканскі США ЗША USA US +амерыканец +амерыканцы +амерыканка
молдова молдавия малдова moldova молдавский малдаўскі =moldovan +малдаванін +малдаване
куба cuba кубинский кубінскі =cuban | афганистан афганістан =afghanistan афганский афганскі =afghan
крым krym крымский крымскі =crimea =crimean | рим рым =rome | афины афіны атэны =athens | мюнхен =munich
гаага =hague | лиссабон лісабон =lisbon | стамбул =istanbul | иерусалим іерусалім ерусалім =jerusalem
вроцлав уроцлаў wrocław | кишинёв кішынёў =chisinau | днепр дняпро =dnipro | чернигов чарнігаў =chernihiv
запорожье запарожжа =zaporizhzhia | дели дэлі =delhi | дамаск =damascus | тегеран тэгеран =tehran
сеул =seoul | кремль крэмль =kremlin | бельгия бельгія =belgium =belgian | ирландия ірландыя =ireland =irish
исландия ісландыя =iceland =icelandic | португалия партугалія =portugal =portuguese
бразилия бразілія =brazil =brazilian | венесуэла =venezuela =venezuelan | азербайджан =azerbaijan =azerbaijani
киргизия кіргізія кыргызстан =kyrgyzstan =kyrgyz | эфиопия эфіопія =ethiopia =ethiopian
ливия лівія =libya =libyan | ливан ліван =lebanon =lebanese | океан акіян | мариуполь марыупаль =mariupol
`),
  // First names that differ by language.
  ...rowsOf(`
николай мікалай nikolai mikalai mikałaj nikolay | дмитрий дзмітрый зміцер dmitry dzmitry zmicier zmitser
григорий рыгор ryhor grigory | василий васіль vasil vasily | анатолий анатоль anatol anatoly
евгений яўген yauhen jaŭhien evgeny yevgeny | евгения яўгенія yauheniya jaŭhienija evgenia
юрий юрый юры yury jury yuri | геннадий генадзь hienadź henadz gennady
виталий віталь віталій vital vitaly vitali | никита мікіта mikita nikita
аркадий аркадзь arkady arkadź arkadz | павел павал | юлия юлія yulia yuliya julija =julia
елена алена алёна elena alena | екатерина кацярына kaciaryna katsiaryna ekaterina | анна ганна hanna anna
ольга вольга volha olga | всеволод усевалад usevalad vsevolod | антоний антоні антон anton
`),
  // Names whose English (or other Latin) spelling does not say how they sound.
  ...rowsOf(`
трамп trump трамповский трампаўскі | путин пуцін putin путинский пуцінскі | байден байдэн biden
макрон macron | маск musk | вэнс вэнсе vance | шольц scholz | мерц merz | джонсон johnson | буш bush
стармер стармэр starmer | нетаньяху нетаньягу netanyahu | гутерриш гутэрыш guterres
цукерберг цукэрберг zuckerberg | ляйен ляен leyen | хиллари хілары hillary | уиткофф віткаф уіткаф witkoff
коул коўл =coale | цзиньпин цзіньпін =jinping | почобут пачобут poczobut | воробей верабей
анджей анджэй andrzej | зеленский зяленскі zelensky zelenskyy zelenskiy
качиньский качыньскі kaczyński kaczynski | нью new | фон von | дер дэр der | йорк ёрк york
евросоюз еўрасаюз еўразвяз ЕС ЕЗ EU | еўропа европа europe european
`),
];

/** Abbreviations: what one body is called in the three languages. */
export const ABBREVIATIONS: readonly (readonly string[])[] = rowsOf(`
нато ната nato nata | кгб кдб kgb kdb | мвд мус mvd | гаи даі | цик цвк cec | сша зша zša usa us | оон аан aan un
обсе абсе osce | снг снд cis | одкб адкб csto | шос шас sco | магатэ iaea | мид мзс mfa | омон амап omon amap
губопик губазік gubopik gubazik hubazik | кгк кдк | воз саз сааз who | юнеско юнеска юнэска unesco | пасе парэ pace | еаэс eaeu
мчс мнс | внс унс | фсб fsb | фбр fbi | цру cia | мвф imf | опек апек opec | ввп вуп gdp | бнр bnr
аэс npp | бгу бду bsu | бгуир бдуір | пвт htp | ит іт it | дтп дтз | вич віч hiv | сми смі | ии ші ai | бпла uav
чвк пвк pmc | вс ус | всу усу afu | сво сва | оаэ ааэ uae | баж baj | ивс ічу | сизо сіза | ооо таа
`);

/** Of them those that are another word when they are typed in small letters. */
export const WORDS_TOO: ReadonlySet<string> = new Set('us it who pace воз ус'.split(' '));

/** Second parts of compounds that are about the first: газопровод, нефтепродукты; no others, or парад would find парадокс. */
export const SECOND_PARTS =
  'провод правод хранилищ сховішч снабж забеспяч добы здабы перераб перапрац производ вытвор строи будав завод продукт прадукт заготов загатоў нарыхт забор канал комбинат камбінат комплекс'.split(
    ' ',
  );

/** Short nouns that lose their vowel: the word, what is left of it, and whether its endings are soft. */
export const FLEETING = rowsOf(`
день дн soft | дзень дн soft | пень пн soft | лев льв hard | леў льв hard | лёд льд hard | лед льд hard
пёс пс hard | пес пс hard | рот рт hard | лоб лб hard | сон сн hard | мох мх hard
`);

/** Nouns without cases (метро has no метры), and what the other language calls the same. */
const WITHOUT_CASES = rowsOf(`
метро | кино кіно | радио радыё | депо дэпо | бюро | фото фота | видео відэа | авто аўта
кафе кафэ | такси таксі | шоссе шаша | пальто паліто
`);
/** Of them the one that has cases. */
const DECLINED = new Set(['шаша']);

export const isUnchanging = (word: string): boolean => !DECLINED.has(word) && calledAlike(word) !== undefined;

/** Both words for a thing whose name has no cases in one of the languages; undefined: another word. */
export const calledAlike = (word: string): readonly string[] | undefined =>
  WITHOUT_CASES.find((row) => row.includes(word));

/** Places elsewhere in -аў, -еў, -ін: their adjective in -ск is theirs, while that of a surname (Петров, Петровский) is another's. */
export const PLACES =
  'киев кіеў харьков львов чернигов чарнігаў ростов псков саратов тамбов краков кракаў климов берлин берлін пекин пекін дублин ленин омск томск гданьск варшав вроцлав уроцлаў братислав кишинёв полтав острав люблин таллин щецин азов жешов'.split(
    ' ',
  );

/** Common words, in small letters, that look like a form of a name: found only by exactly themselves. */
export const HOMOGRAPHS: ReadonlySet<string> = new Set(
  'путина путины путине путину путиной путін пуціна пуціну пуціне брести брэсці луком лукам'.split(' '),
);

/** Words that say nothing about what a text is about; neither stored nor asked for. */
export const SILENT: ReadonlySet<string> = new Set(
  (
    'и в во на с со не что как это по к ко за из от до у о об при для или но а же бы ли его её ее их они он она мы вы я нас вас ' +
    'когда если где калі дзе там тут так уже еще ещё был была было были быть который которые которая которого чтобы также только после перед под над без ' +
    'і ў у ва на з зь са не што як гэта па да за ад для або але жа бы ці яго яе іх яны ён яна мы вы я нас вас там тут так ужо яшчэ ' +
    'быў была было былі быць які якія якая якога каб таксама толькі пасля перад пад над без аб пры паводле праз ' +
    'the a an of in on at to for and or but is are was were be been by with from that this as it its his her their he she they we ' +
    'has have had will would not who which after before over under into than also i naviny u z da pa na ab ad'
  ).split(' '),
);
