/** Invented stories about culture, sport, nature and the lighter side. */
import type { Sample } from './sample.ts';

export const CULTURE: readonly Sample[] = [
  {
    key: 'storks',
    rubric: ['society'],
    picture: 'reader',
    be: {
      headline: 'Пад Туравам налічылі 412 буслоў — найбольш за дваццаць гадоў',
      lead: 'На Тураўскім лузе гэтай вясной загнездаваліся 412 пар буслоў, паведамілі арнітолагі, якія лічаць птушак штогод.',
      body: `Дапамагла высокая вада: жаб і рыбы хапіла ўсім. Два гнязды пабудаваныя проста на дарожных знаках, і іх вырашылі не чапаць.
Вадзіцеляў папярэджваюць: знак «саступі дарогу» пад Туравам да жніўня заняты.`,
    },
    ru: {
      headline: 'Под Туровом насчитали 412 аистов — больше всего за двадцать лет',
      lead: 'На Туровском лугу этой весной загнездились 412 пар аистов, сообщили орнитологи, которые считают птиц каждый год.',
      body: `Помогла высокая вода: лягушек и рыбы хватило всем. Два гнезда построены прямо на дорожных знаках, и их решили не трогать.
Водителей предупреждают: знак «уступи дорогу» под Туровом до августа занят.`,
    },
    en: {
      headline: 'Stork count near Turaŭ reaches 412 pairs, the most in twenty years',
      lead: 'The meadow near Turaŭ is home to 412 pairs of storks this spring, say ornithologists who count the birds every year.',
      body: `High water helped: there were frogs and fish for everyone. Two nests stand right on top of road signs and will be left alone.
Drivers be warned: the give-way sign near Turaŭ is occupied until August.`,
    },
  },
  {
    key: 'school-paper',
    rubric: ['society', 'culture'],
    be: {
      headline: 'Школа з сямі вучняў выдае газету, якую чытае ўвесь раён',
      lead: 'Сем вучняў вясковай школы пад Лепелем кожны месяц друкуюць газету накладам 900 асобнікаў — больш, чым жыхароў у вёсцы.',
      body: `Сталыя рубрыкі — надвор’е паводле бабулі, інтэрв’ю з тым, хто праходзіў міма, і крыжаванка з памылкамі.
Рэдактарцы трынаццаць гадоў, карэктару — восем.`,
    },
    ru: {
      headline: 'Школа из семи учеников выпускает газету, которую читает весь район',
      lead: 'Семеро учеников деревенской школы под Лепелем каждый месяц печатают газету тиражом 900 экземпляров — больше, чем жителей в деревне.',
      body: `Постоянные рубрики — погода по мнению бабушки, интервью с тем, кто проходил мимо, и кроссворд с ошибками.
Редактору тринадцать лет, корректору — восемь.`,
    },
    en: {
      headline: 'A school of seven pupils prints a paper that the whole district reads',
      lead: 'The seven pupils of a village school near Lepiel print a monthly paper in 900 copies, which is more than the village has people.',
      body: `Its regular columns are Grandmother’s forecast, an interview with whoever walked by, and a crossword with mistakes.
The editor is thirteen, the proofreader eight.`,
    },
  },
  {
    key: 'dog',
    rubric: ['society'],
    picture: 'reader',
    be: {
      headline: 'Сабака прайшоў шэсцьдзясят кіламетраў, каб вярнуцца дадому ў Вілейку',
      lead: 'Руды сабака, які згубіўся ў Мінску падчас феерверка, праз шэсць дзён прыйшоў дадому ў Вілейку.',
      body: `Па дарозе яго бачылі на заправцы, на вяселлі і ў царкве. На вяселлі, кажуць сведкі, ён застаўся да торта.
Ветэрынар знайшоў толькі стомленасць і два лішнія кілаграмы.`,
    },
    ru: {
      headline: 'Собака прошла шестьдесят километров, чтобы вернуться домой в Вилейку',
      lead: 'Рыжая собака, которая потерялась в Минске во время фейерверка, через шесть дней пришла домой в Вилейку.',
      body: `По дороге её видели на заправке, на свадьбе и в церкви. На свадьбе, говорят свидетели, она осталась до торта.
Ветеринар нашёл только усталость и два лишних килограмма.`,
    },
    en: {
      headline: 'Dog walks sixty kilometres to get home to Vilejka',
      lead: 'A red dog that got lost in Minsk during a firework display came home to Vilejka six days later.',
      body: `It was seen on the way at a petrol station, at a wedding and in a church. At the wedding, witnesses say, it stayed until the cake.
The vet found nothing but tiredness and two extra kilograms.`,
    },
  },
  {
    key: 'song-festival',
    rubric: ['culture'],
    picture: 'archive',
    be: {
      headline: 'На фестываль аднаго голасу ў Заслаўі прыехалі хоры з сямі краін',
      lead: 'У Заслаўі адкрыўся фестываль, на якім хоры спяваюць без інструментаў і без мікрафонаў, а слухачы сядзяць паміж спевакамі.',
      body: `Праграму не друкуюць: кожны хор слухае папярэдні і выбірае, чым адказаць.
У нядзелю спяваць будуць усе: ноты раздадуць ля ўвахода.`,
    },
    ru: {
      headline: 'На фестиваль одного голоса в Заславле приехали хоры из семи стран',
      lead: 'В Заславле открылся фестиваль, на котором хоры поют без инструментов и микрофонов, а слушатели сидят между певцами.',
      body: `Программу не печатают: каждый хор слушает предыдущий и выбирает, чем ответить.
В воскресенье петь будут все: ноты раздадут у входа.`,
    },
    en: {
      headline: 'Choirs from seven countries come to the one-voice festival in Zaslaŭje',
      lead: 'A festival has opened in Zaslaŭje where choirs sing without instruments or microphones, and the audience sits among the singers.',
      body: `There is no printed programme: each choir listens to the one before it and decides what to answer.
On Sunday everybody sings, and the scores are handed out at the door.`,
    },
  },
  {
    key: 'typewriters',
    rubric: ['culture'],
    picture: 'museum',
    be: {
      headline: 'У Нясвіжы адкрылі музей друкарскіх машынак, на якіх можна пісаць',
      lead: 'У новым музеі ў Нясвіжы сабралі 120 друкарскіх машынак з літарай «ў», і на кожнай дазваляюць надрукаваць ліст.',
      body: `Самая старая зроблена ў 1911 годзе. Літару «ў» на многія машынкі ставілі ў майстэрнях уручную.
Лісты наведвальнікаў музей адпраўляе бясплатна.`,
    },
    ru: {
      headline: 'В Несвиже открыли музей пишущих машинок, на которых можно писать',
      lead: 'В новом музее в Несвиже собрали 120 пишущих машинок с буквой «ў», и на каждой разрешают напечатать письмо.',
      body: `Самая старая сделана в 1911 году. Букву «ў» на многие машинки ставили в мастерских вручную.
Письма посетителей музей отправляет бесплатно.`,
    },
    en: {
      headline: 'Typewriter museum in Niasviž lets visitors type',
      lead: 'A new museum in Niasviž has gathered 120 typewriters that have the letter “ў”, and visitors may type a letter on any of them.',
      body: `The oldest was made in 1911. On many machines the letter was fitted by hand in workshops.
The museum posts visitors’ letters free of charge.`,
    },
  },
  {
    key: 'chess',
    rubric: ['sport'],
    be: {
      headline: 'Дванаццацігадовая шахматыстка з Рэчыцы абыграла гросмайстра ўсляпую',
      lead: 'Школьніца з Рэчыцы выйграла ў гросмайстра партыю, у якой абедзве не глядзелі на дошку.',
      body: `Партыя доўжылася 58 хадоў. Пасля яе саперніца папрасіла паказаць адзін ход яшчэ раз — ужо на дошцы.
Юная шахматыстка кажа, што больш за ўсё хвалявалася, каб не спазніцца на аўтобус.`,
    },
    ru: {
      headline: 'Двенадцатилетняя шахматистка из Речицы обыграла гроссмейстера вслепую',
      lead: 'Школьница из Речицы выиграла у гроссмейстера партию, в которой обе не смотрели на доску.',
      body: `Партия длилась 58 ходов. После неё соперница попросила показать один ход ещё раз — уже на доске.
Юная шахматистка говорит, что больше всего волновалась, как бы не опоздать на автобус.`,
    },
    en: {
      headline: 'Girl of twelve from Rečyca beats a grandmaster blindfold',
      lead: 'A schoolgirl from Rečyca won a game against a grandmaster in which neither of the two looked at the board.',
      body: `The game took 58 moves. Afterwards her opponent asked to see one of them again, on a board this time.
The young player says that her chief worry was missing the bus.`,
    },
  },
  {
    key: 'football',
    rubric: ['sport', 'society'],
    picture: 'reader',
    be: {
      headline: 'Каманда вясковых настаўнікаў выйшла ў фінал кубка вобласці',
      lead: 'Футбольная каманда настаўнікаў з Пружанскага раёна абыграла прафесіяналаў па пенальці і выйшла ў фінал.',
      body: `Варатар выкладае хімію, капітан — беларускую мову. Дамашняе заданне пасля матча адмянілі.
Фінал пройдзе ў суботу ў Кобрыне, уваход вольны.`,
    },
    ru: {
      headline: 'Команда сельских учителей вышла в финал кубка области',
      lead: 'Футбольная команда учителей из Пружанского района обыграла профессионалов по пенальти и вышла в финал.',
      body: `Вратарь преподаёт химию, капитан — белорусский язык. Домашнее задание после матча отменили.
Финал пройдёт в субботу в Кобрине, вход свободный.`,
    },
    en: {
      headline: 'Team of village teachers reaches the regional cup final',
      lead: 'A football team of teachers from the Pružany district beat professionals on penalties to reach the final.',
      body: `The goalkeeper teaches chemistry, the captain Belarusian. Homework was cancelled after the match.
The final is in Kobryn on Saturday, and entry is free.`,
    },
  },
  {
    key: 'lights',
    rubric: ['society'],
    picture: 'reader',
    be: {
      headline: 'Палярнае ззянне ўбачылі аж над Прыпяццю',
      lead: 'Мінулай ноччу палярнае ззянне было відаць амаль па ўсёй краіне, ад Браслава да Мазыра.',
      body: `Астраномы кажуць, што так далёка на поўдзень яно даходзіць раз на некалькі гадоў. Найлепшыя здымкі зрабілі рыбакі.
Наступнай ноччу ззянне можа паўтарыцца, калі не перашкодзяць хмары.`,
    },
    ru: {
      headline: 'Полярное сияние увидели даже над Припятью',
      lead: 'Прошлой ночью полярное сияние было видно почти по всей стране, от Браслава до Мозыря.',
      body: `Астрономы говорят, что так далеко на юг оно доходит раз в несколько лет. Лучшие снимки сделали рыбаки.
Следующей ночью сияние может повториться, если не помешают облака.`,
    },
    en: {
      headline: 'Northern lights seen as far south as the Prypiać',
      lead: 'The northern lights could be seen almost all over the country last night, from Brasłaŭ to Mazyr.',
      body: `Astronomers say that they reach so far south once in several years. The best pictures were taken by anglers.
The lights may return tonight if clouds stay away.`,
    },
  },
  {
    key: 'audiobooks',
    rubric: ['culture'],
    be: {
      headline: 'Тысячу беларускіх кніг агучылі людзі, якія ніколі не былі акцёрамі',
      lead: 'Праект народных аўдыякніг дайшоў да тысячнай: яе прачытаў машыніст, запісваючы па раздзеле пасля змены.',
      body: `Слухаць можна бясплатна, без рэгістрацыі і рэкламы. Найчасцей слухаюць казкі — і найчасцей уночы.
Кожны дыктар вымаўляе «ў» па-свойму, і рэдактары вырашылі нічога не выпраўляць.`,
    },
    ru: {
      headline: 'Тысячу белорусских книг озвучили люди, которые никогда не были актёрами',
      lead: 'Проект народных аудиокниг дошёл до тысячной: её прочитал машинист, записывая по главе после смены.',
      body: `Слушать можно бесплатно, без регистрации и рекламы. Чаще всего слушают сказки — и чаще всего ночью.
Каждый чтец произносит «ў» по-своему, и редакторы решили ничего не исправлять.`,
    },
    en: {
      headline: 'A thousand Belarusian books read aloud by people who never acted',
      lead: 'A volunteer audiobook project has reached its thousandth title, read by a train driver who recorded a chapter after every shift.',
      body: `The books are free, with no sign-up and no advertising. Fairy tales are played most, and mostly at night.
Every reader has a way of saying “ў”, and the editors decided to correct nothing.`,
    },
  },
  {
    key: 'apples',
    rubric: ['society', 'economy'],
    picture: 'reader',
    be: {
      headline: 'У Смаргоні ўраджай яблыкаў такі, што іх пакідаюць ля дарог у вёдрах',
      lead: 'Жыхары Смаргоні выстаўляюць яблыкі ля брамак з надпісам «бярыце»: ураджай гэтага года найбольшы за дзесяць гадоў.',
      body: `На станцыі з’явілася шафа, дзе яблыкі мяняюць на кнігі. За тыдзень кніг стала больш.
Мясцовая сыраварня прымае ападкі для сідру.`,
    },
    ru: {
      headline: 'В Сморгони урожай яблок такой, что их оставляют у дорог в вёдрах',
      lead: 'Жители Сморгони выставляют яблоки у калиток с надписью «берите»: урожай этого года самый большой за десять лет.',
      body: `На станции появился шкаф, где яблоки меняют на книги. За неделю книг стало больше.
Местная сыроварня принимает падалицу для сидра.`,
    },
    en: {
      headline: 'So many apples in Smarhoń that people leave them by the road in buckets',
      lead: 'People in Smarhoń put apples out by their gates with a note saying “help yourself”, as this year’s harvest is the largest in ten years.',
      body: `A cupboard at the station lets people swap apples for books. After a week it held more books.
A local cheesemaker takes windfalls for cider.`,
    },
  },
];
