/** Invented stories from towns: everyday life, transport, prices. */
import type { Sample } from './sample.ts';

export const CITY: readonly Sample[] = [
  {
    key: 'night-library',
    rubric: ['society', 'culture'],
    picture: 'reader',
    be: {
      headline: 'У Полацку адкрылася начная чытальня для тых, каму не спіцца',
      lead: 'Гарадская бібліятэка ў Полацку тры ночы на тыдзень не зачыняе дзверы да світання, каб людзі мелі куды прыйсці з кнігай.',
      body: `Першай ноччу прыйшлі дванаццаць чалавек, праз тыдзень — ужо сорак. Найстарэйшай наведвальніцы 81 год, наймалодшаму чытачу — дзевяць, яго прывёў бацька пасля начной змены.
«Мы думалі, што будуць студэнты перад іспытамі, а прыйшлі пекары, медсёстры і таксісты», — кажа загадчыца чытальнай залы.
## Гарбата і цішыня
У чытальні дзейнічаюць тры правілы: гаварыць шэптам, мыць за сабой кубак і не будзіць таго, хто заснуў над старонкай.
- панядзелак — паэзія і перыядыка;
- серада — гісторыя краю;
- пятніца — усё, што просяць чытачы.
Кнігі для начных гадзін збіраюць самі жыхары: за месяц яны прынеслі 640 тамоў на пяці мовах.
Бібліятэка просіць не прыносіць падручнікаў, старэйшых за чытачоў.`,
    },
    ru: {
      headline: 'В Полоцке открылась ночная читальня для тех, кому не спится',
      lead: 'Городская библиотека в Полоцке три ночи в неделю не закрывает двери до рассвета, чтобы людям было куда прийти с книгой.',
      body: `В первую ночь пришли двенадцать человек, через неделю — уже сорок. Самой старшей посетительнице 81 год, самому младшему читателю — девять, его привёл отец после ночной смены.
«Мы думали, что будут студенты перед экзаменами, а пришли пекари, медсёстры и таксисты», — говорит заведующая читальным залом.
## Чай и тишина
В читальне действуют три правила: говорить шёпотом, мыть за собой чашку и не будить того, кто уснул над страницей.
- понедельник — поэзия и периодика;
- среда — история края;
- пятница — всё, о чём просят читатели.
Книги для ночных часов собирают сами жители: за месяц они принесли 640 томов на пяти языках.
Библиотека просит не приносить учебников, которые старше читателей.`,
    },
    en: {
      headline: 'Library in Polack stays open all night for those who cannot sleep',
      lead: 'The town library in Polack keeps its doors open until dawn three nights a week, so that people have somewhere to go with a book.',
      body: `Twelve people came on the first night, and forty a week later. The oldest visitor is 81. The youngest is nine: his father brought him along after a night shift.
“We expected students before their exams. Instead came bakers, nurses and taxi drivers,” the head of the reading room says.
## Tea and silence
The room has three rules: whisper, wash your cup, and do not wake anyone who has fallen asleep over a page.
- Monday is for poetry and periodicals;
- Wednesday is for local history;
- Friday is for whatever readers ask for.
The books for the small hours come from the townspeople, who brought 640 volumes in five languages within a month.
The library asks them not to bring textbooks that are older than their readers.`,
    },
  },
  {
    key: 'storm',
    rubric: ['society', 'security'],
    urgent: true,
    be: {
      headline: 'Сіноптыкі абвясцілі чырвоны ўзровень небяспекі на захадзе краіны',
      lead: 'Увечары ў Гродзенскай вобласці чакаецца вецер да 32 метраў за секунду; людзей просяць не выходзіць на вуліцу з 20:00.',
      body: `Наймацнейшыя парывы прагназуюць паміж Лідай і Ваўкавыскам. Прыгарадныя цягнікі пасля 19:30 спыняцца на найбліжэйшых станцыях.
Ратаўнікі раяць прыбраць рэчы з балконаў, зарадзіць тэлефоны і не паркавацца пад дрэвамі.`,
    },
    ru: {
      headline: 'Синоптики объявили красный уровень опасности на западе страны',
      lead: 'Вечером в Гродненской области ожидается ветер до 32 метров в секунду; людей просят не выходить на улицу с 20:00.',
      body: `Самые сильные порывы прогнозируют между Лидой и Волковыском. Пригородные поезда после 19:30 остановятся на ближайших станциях.
Спасатели советуют убрать вещи с балконов, зарядить телефоны и не парковаться под деревьями.`,
    },
    en: {
      headline: 'Forecasters issue red alert for the west of the country',
      lead: 'Winds of up to 32 metres per second are expected in the Hrodna region tonight, and people are asked to stay indoors from 8 p.m.',
      body: `The strongest gusts are forecast between Lida and Vaŭkavysk. Commuter trains will stop at the nearest station after 7:30 p.m.
Rescuers advise people to clear their balconies, charge their phones and keep cars away from trees.`,
    },
  },
  {
    key: 'storm-after',
    rubric: ['society'],
    follows: 'storm',
    picture: 'reader',
    be: {
      headline: 'Пасля буры святло вярнулася ў 214 вёсак, яшчэ дзевяць чакаюць',
      lead: 'Энергетыкі аднавілі электразабеспячэнне ў большасці вёсак Гродзенскай вобласці, дзе ўначы вецер парваў лініі.',
      body: `Ніхто не загінуў, трое атрымалі лёгкія траўмы. Брыгады прыехалі на дапамогу з суседніх абласцей, у дзевяці вёсках працуюць генератары.
Жыхары Шчучына раніцай самі расчысцілі дарогу да бальніцы: на працу выйшлі каля сотні чалавек з піламі і тэрмасамі.`,
    },
    ru: {
      headline: 'После бури свет вернулся в 214 деревень, ещё девять ждут',
      lead: 'Энергетики восстановили электроснабжение в большинстве деревень Гродненской области, где ночью ветер порвал линии.',
      body: `Никто не погиб, трое получили лёгкие травмы. Бригады приехали на помощь из соседних областей, в девяти деревнях работают генераторы.
Жители Щучина утром сами расчистили дорогу к больнице: на работу вышли около сотни человек с пилами и термосами.`,
    },
    en: {
      headline: 'Power is back in 214 villages after the storm, nine still wait',
      lead: 'Engineers have restored electricity in most villages of the Hrodna region, where the wind tore down power lines overnight.',
      body: `Nobody was killed; three people were slightly injured. Crews came to help from neighbouring regions, and generators run in the nine villages that are still without power.
In Ščučyn residents cleared the road to the hospital by themselves in the morning: about a hundred people turned out with saws and thermos flasks.`,
    },
  },
  {
    key: 'bridge',
    rubric: ['society'],
    picture: 'town',
    be: {
      headline: 'Пешаходны мост цераз Нёман у Мастах закрываюць на паўгода',
      lead: 'Падвесны мост цераз Нёман у Мастах закрываюць на рамонт да вясны; людзей будзе перавозіць паром.',
      body: `Рабочыя заменяць тросы і драўляны насціл, якому больш за пяцьдзясят гадоў. Стары насціл аддадуць школьнай майстэрні.
Паром будзе хадзіць з 6:00 да 22:00 кожныя дваццаць хвілін, праезд бясплатны.`,
    },
    ru: {
      headline: 'Пешеходный мост через Неман в Мостах закрывают на полгода',
      lead: 'Подвесной мост через Неман в Мостах закрывают на ремонт до весны; людей будет перевозить паром.',
      body: `Рабочие заменят тросы и деревянный настил, которому больше пятидесяти лет. Старый настил отдадут школьной мастерской.
Паром будет ходить с 6:00 до 22:00 каждые двадцать минут, проезд бесплатный.`,
    },
    en: {
      headline: 'Footbridge over the Nioman in Masty closes for six months',
      lead: 'The suspension footbridge over the Nioman in Masty is closing for repairs until spring, and a ferry will carry people across.',
      body: `Workers will replace the cables and the wooden deck, which is more than fifty years old. The old planks will go to a school workshop.
The ferry will run every twenty minutes from 6 a.m. to 10 p.m., free of charge.`,
    },
  },
  {
    key: 'bridge-open',
    rubric: ['society'],
    follows: 'bridge',
    picture: 'reader',
    be: {
      headline: 'Мост у Мастах адкрылі на месяц раней, першым прайшоў паромшчык',
      lead: 'Рамонт падвеснага моста цераз Нёман скончылі на месяц раней, чым абяцалі, і першым прайсці запрасілі чалавека, які ўсю зіму вадзіў паром.',
      body: `За зіму паром перавёз 118 тысяч пасажыраў, дзве козы і адно піяніна. Цяпер ён стане кавярняй на беразе.
На новым насціле жыхары пакінулі адну старую дошку — з адбіткам дзіцячай далоні.`,
    },
    ru: {
      headline: 'Мост в Мостах открыли на месяц раньше, первым прошёл паромщик',
      lead: 'Ремонт подвесного моста через Неман закончили на месяц раньше обещанного, и первым пройти пригласили человека, который всю зиму водил паром.',
      body: `За зиму паром перевёз 118 тысяч пассажиров, двух коз и одно пианино. Теперь он станет кафе на берегу.
На новом настиле жители оставили одну старую доску — с отпечатком детской ладони.`,
    },
    en: {
      headline: 'Bridge in Masty reopens a month early, and the ferryman goes first',
      lead: 'Repairs to the suspension bridge over the Nioman ended a month ahead of time, and the man who ran the ferry all winter was invited to cross first.',
      body: `The ferry carried 118,000 passengers, two goats and one piano over the winter. It will now become a riverside café.
Residents kept one old plank in the new deck: the one with a child’s handprint.`,
    },
  },
  {
    key: 'bus',
    rubric: ['society', 'economy'],
    be: {
      headline: 'Аўтобус, які тры гады не хадзіў, вярнулі ў дзевяць вёсак пад Глыбокім',
      lead: 'З панядзелка ў дзевяць вёсак Глыбоцкага раёна зноў штодня ездзіць аўтобус: жыхары самі склалі расклад.',
      body: `На сход прыйшлі 260 чалавек. Ранішні рэйс паставілі так, каб паспець да першага ўрока, вячэрні — каб вярнуцца пасля працы.
Квіток каштуе 1 рубель 20 капеек. Перавозчык праверыць попыт праз тры месяцы.`,
    },
    ru: {
      headline: 'Автобус, который три года не ходил, вернули в девять деревень под Глубоким',
      lead: 'С понедельника в девять деревень Глубокского района снова ежедневно ездит автобус: жители сами составили расписание.',
      body: `На собрание пришли 260 человек. Утренний рейс поставили так, чтобы успеть к первому уроку, вечерний — чтобы вернуться после работы.
Билет стоит 1 рубль 20 копеек. Перевозчик проверит спрос через три месяца.`,
    },
    en: {
      headline: 'Bus returns to nine villages near Hłybokaje after three years',
      lead: 'Nine villages in the Hłybokaje district have a daily bus again from Monday, running to a timetable that residents drew up themselves.',
      body: `The meeting drew 260 people. The morning bus gets children to their first lesson, the evening one brings people home from work.
A ticket costs 1.20 rubels. The operator will look at demand again in three months.`,
    },
  },
  {
    key: 'potatoes',
    rubric: ['economy'],
    be: {
      headline: 'Бульба за месяц патаннела на 14 %, морква падаражэла на трэць',
      lead: 'Кілаграм бульбы на рынках абласных гарадоў каштуе ў сярэднім 1,12 рубля — на 14 % менш, чым месяц таму.',
      body: `Таннейшая за ўсё бульба ў Пінску, даражэйшая — у Мінску. Морква за той жа месяц падаражэла на 33 %: дажджы затрымалі ўборку.
Фермеры чакаюць, што да лістапада цэны на моркву вернуцца да звычайных.`,
    },
    ru: {
      headline: 'Картофель за месяц подешевел на 14 %, морковь подорожала на треть',
      lead: 'Килограмм картофеля на рынках областных городов стоит в среднем 1,12 рубля — на 14 % меньше, чем месяц назад.',
      body: `Дешевле всего картофель в Пинске, дороже — в Минске. Морковь за тот же месяц подорожала на 33 %: дожди задержали уборку.
Фермеры ожидают, что к ноябрю цены на морковь вернутся к обычным.`,
    },
    en: {
      headline: 'Potatoes are 14 percent cheaper than a month ago, carrots a third dearer',
      lead: 'A kilogram of potatoes costs 1.12 rubels on average at markets in regional capitals, 14 percent less than a month ago.',
      body: `Potatoes are cheapest in Pinsk and dearest in Minsk. Carrots went up by 33 percent over the same month, because rain delayed the harvest.
Farmers expect carrot prices to return to normal by November.`,
    },
  },
  {
    key: 'bakery',
    rubric: ['economy', 'society'],
    picture: 'reader',
    be: {
      headline: 'Суседзі ў Лідзе за тыдзень сабралі грошы, каб выратаваць пякарню',
      lead: 'Невялікая пякарня ў Лідзе, якой не хапала грошай на новую печ, застаецца адкрытай: за тыдзень суседзі наперад купілі 4.200 боханаў.',
      body: `Кожны, хто заплаціў, атрымаў картку з нумарам: па ёй хлеб будуць аддаваць цэлы год. Печ ужо замовілі, яе прывязуць у верасні.
«Я пяку тут дзевятнаццаць гадоў і ўпершыню ведаю, для каго менавіта», — кажа гаспадыня пякарні.`,
    },
    ru: {
      headline: 'Соседи в Лиде за неделю собрали деньги, чтобы спасти пекарню',
      lead: 'Небольшая пекарня в Лиде, которой не хватало денег на новую печь, остаётся открытой: за неделю соседи заранее купили 4200 буханок.',
      body: `Каждый, кто заплатил, получил карточку с номером: по ней хлеб будут отдавать целый год. Печь уже заказали, её привезут в сентябре.
«Я пеку здесь девятнадцать лет и впервые знаю, для кого именно», — говорит хозяйка пекарни.`,
    },
    en: {
      headline: 'Neighbours in Lida raise the money to save a bakery within a week',
      lead: 'A small bakery in Lida that could not afford a new oven will stay open, as neighbours bought 4,200 loaves in advance within a week.',
      body: `Everyone who paid got a numbered card, good for bread over a whole year. The oven has been ordered and arrives in September.
“I have baked here for nineteen years, and for the first time I know exactly who for,” the owner says.`,
    },
  },
  {
    key: 'wages',
    rubric: ['economy'],
    paid: 'linked',
    be: {
      headline: 'Аналіз: чаму заробкі растуць, а кошык з крамы лягчэе',
      lead: 'Намінальныя заробкі за год выраслі на 11 %, але набор з сарака звычайных тавараў падаражэў амаль гэтак жа, паказаў разлік рэдакцыі.',
      body: 'Поўны разлік па рэгіёнах — для чытачоў POZIRK+.',
    },
    ru: {
      headline: 'Анализ: почему зарплаты растут, а корзина из магазина легчает',
      lead: 'Номинальные зарплаты за год выросли на 11 %, но набор из сорока обычных товаров подорожал почти так же, показал расчёт редакции.',
      body: 'Полный расчёт по регионам — для читателей POZIRK+.',
    },
    en: {
      headline: 'Analysis: why wages rise and the shopping basket gets lighter',
      lead: 'Nominal wages grew by 11 percent in a year, but a basket of forty everyday goods became dearer by almost as much, our calculation shows.',
      body: 'The full calculation by region is for readers of POZIRK+.',
    },
  },
  {
    key: 'night-train',
    rubric: ['economy'],
    picture: 'archive',
    be: {
      headline: 'Начны цягнік з Брэста ў Полацк пойдзе штодня, а не па выхадных',
      lead: 'З першага кастрычніка начны цягнік Брэст — Полацк будзе хадзіць штодня: летам на яго не хапала білетаў.',
      body: `Цягнік адпраўляецца з Брэста ў 21:40 і прыбывае ў Полацк у 7:15. Дадаюць два вагоны з месцамі для веласіпедаў.
Білеты пачнуць прадаваць за сорак пяць дзён.`,
    },
    ru: {
      headline: 'Ночной поезд из Бреста в Полоцк пойдёт ежедневно, а не по выходным',
      lead: 'С первого октября ночной поезд Брест — Полоцк будет ходить ежедневно: летом на него не хватало билетов.',
      body: `Поезд отправляется из Бреста в 21:40 и прибывает в Полоцк в 7:15. Добавляют два вагона с местами для велосипедов.
Билеты начнут продавать за сорок пять дней.`,
    },
    en: {
      headline: 'Night train from Brest to Polack to run daily, not only at weekends',
      lead: 'The night train between Brest and Polack will run every day from October 1, after selling out all summer.',
      body: `The train leaves Brest at 9:40 p.m. and reaches Polack at 7:15 a.m. Two carriages with room for bicycles are being added.
Tickets go on sale forty-five days ahead.`,
    },
  },
  {
    key: 'water',
    rubric: ['society'],
    be: {
      headline: 'У Бабруйску вярнулі чыстую ваду пасля двух дзён рамонту',
      lead: 'Водаканал Бабруйска паведаміў, што вада з-пад крана зноў адпавядае нормам: пробы ўзялі ў сямнаццаці дамах.',
      body: `Вада пажаўцела ў аўторак пасля прарыву старой трубы. Увесь гэты час па дварах ездзілі цыстэрны, а суседзі насілі ваду тым, хто не можа спусціцца.
Пераразлік за тры дні зробяць без заяў.`,
    },
    ru: {
      headline: 'В Бобруйске вернули чистую воду после двух дней ремонта',
      lead: 'Водоканал Бобруйска сообщил, что вода из-под крана снова соответствует нормам: пробы взяли в семнадцати домах.',
      body: `Вода пожелтела во вторник после прорыва старой трубы. Всё это время по дворам ездили цистерны, а соседи носили воду тем, кто не может спуститься.
Перерасчёт за три дня сделают без заявлений.`,
    },
    en: {
      headline: 'Clean tap water returns to Babrujsk after two days of repairs',
      lead: 'The water utility in Babrujsk says that tap water meets the standards again, after samples were taken in seventeen buildings.',
      body: `The water turned yellow on Tuesday when an old pipe burst. Tankers went from yard to yard, and neighbours carried water to people who cannot manage the stairs.
Bills will be reduced for three days without any application.`,
    },
  },
];
