/** Invented stories about the state, the border, rights, and Belarusians abroad. */
import type { Sample } from './sample.ts';

export const COUNTRY: readonly Sample[] = [
  {
    key: 'crossing',
    rubric: ['security', 'politics'],
    urgent: true,
    be: {
      headline: 'Пункт пропуску на мяжы з Літвой зачынены да раніцы',
      lead: 'Рух праз пункт пропуску спынены з 22:00 праз аварыю сістэмы рэгістрацыі; у чарзе стаяць каля трохсот аўтамабіляў.',
      body: `Вадзіцеляў просяць ехаць праз іншыя пункты або чакаць на стаянцы, дзе працуюць буфет і пакой абагрэву.
Аўтобусы рэгулярных рэйсаў прапускаюць па спісах.`,
    },
    ru: {
      headline: 'Пункт пропуска на границе с Литвой закрыт до утра',
      lead: 'Движение через пункт пропуска остановлено с 22:00 из-за аварии системы регистрации; в очереди стоят около трёхсот автомобилей.',
      body: `Водителей просят ехать через другие пункты или ждать на стоянке, где работают буфет и комната обогрева.
Автобусы регулярных рейсов пропускают по спискам.`,
    },
    en: {
      headline: 'Crossing on the border with Lithuania closed until morning',
      lead: 'Traffic through the crossing stopped at 10 p.m. when the registration system broke down, and some three hundred cars are waiting in line.',
      body: `Drivers are asked to use other crossings or wait in the car park, where a canteen and a heated room are open.
Scheduled coaches are let through by their passenger lists.`,
    },
  },
  {
    key: 'crossing-open',
    rubric: ['security'],
    follows: 'crossing',
    be: {
      headline: 'Пункт пропуску на мяжы з Літвой зноў працуе, чаргі няма',
      lead: 'Рух праз пункт пропуску аднавілі ў 6:40, і да поўдня праехалі ўсе, хто чакаў уначы.',
      body: 'Валанцёры з бліжэйшай вёскі раздалі за ноч больш за пяцьсот кубкаў гарбаты.',
    },
    ru: {
      headline: 'Пункт пропуска на границе с Литвой снова работает, очереди нет',
      lead: 'Движение через пункт пропуска возобновили в 6:40, и к полудню проехали все, кто ждал ночью.',
      body: 'Волонтёры из ближайшей деревни раздали за ночь больше пятисот чашек чая.',
    },
    en: {
      headline: 'Crossing on the border with Lithuania reopens, queue is gone',
      lead: 'Traffic resumed at 6:40 a.m., and everyone who had waited overnight was across by noon.',
      body: 'Volunteers from the nearest village handed out more than five hundred cups of tea during the night.',
    },
  },
  {
    key: 'week',
    rubric: ['politics', 'society'],
    be: {
      headline: 'Хроніка тыдня: суды, вызваленні, лісты',
      lead: 'Праваабаронцы падвялі вынікі тыдня: двое выйшлі на волю, тры працэсы адкладзеныя, перапіска вярнулася ў адну калонію.',
      body: `## Вызваленні
На волю пасля поўнага тэрміну выйшла настаўніца з Гомеля: яе сустрэлі былыя вучні з рамонкамі.
Муляра з Оршы вызвалілі датэрмінова праз стан здароўя.
## Суды
- справа бібліятэкаркі з Барысава адкладзена на два тыдні: не з’явіўся сведка;
- справа двух студэнтаў з Магілёва вернута на дапрацоўку;
- справа вадзіцеля з Пінска разглядаецца за зачыненымі дзвярыма.
## Лісты
У адной з калоній упершыню за паўгода выдалі звычайныя лісты. Сваякі просяць пісаць разборліва і не ўкладваць марак.
Праваабаронцы нагадваюць: паштоўка ідзе ў сярэднім дзевяць дзён, і кожная чацвёртая вяртаецца.
## Дапамога
За тыдзень сем’і атрымалі 61 пасылку з зімовымі рэчамі. Найбольш патрэбныя цёплыя шкарпэткі сорак трэцяга памеру, акуляры для чытання і слоўнікі.`,
    },
    ru: {
      headline: 'Хроника недели: суды, освобождения, письма',
      lead: 'Правозащитники подвели итоги недели: двое вышли на волю, три процесса отложены, переписка вернулась в одну колонию.',
      body: `## Освобождения
На волю после полного срока вышла учительница из Гомеля: её встретили бывшие ученики с ромашками.
Каменщика из Орши освободили досрочно по состоянию здоровья.
## Суды
- дело библиотекаря из Борисова отложено на две недели: не явился свидетель;
- дело двух студентов из Могилёва возвращено на доработку;
- дело водителя из Пинска рассматривается за закрытыми дверями.
## Письма
В одной из колоний впервые за полгода выдали обычные письма. Родные просят писать разборчиво и не вкладывать марок.
Правозащитники напоминают: открытка идёт в среднем девять дней, и каждая четвёртая возвращается.
## Помощь
За неделю семьи получили 61 посылку с зимними вещами. Нужнее всего тёплые носки сорок третьего размера, очки для чтения и словари.`,
    },
    en: {
      headline: 'The week in brief: trials, releases, letters',
      lead: 'Human rights defenders have summed up the week: two people are free, three trials were put off, and one prison lets letters through again.',
      body: `## Releases
A teacher from Homiel left prison after serving her full term, and former pupils met her with daisies.
A bricklayer from Orša was released early on health grounds.
## Trials
- the case of a librarian from Barysaŭ was put off for two weeks, as a witness did not appear;
- the case of two students from Mahiloŭ was sent back for further work;
- the case of a driver from Pinsk is being heard behind closed doors.
## Letters
Ordinary letters were handed out in one of the prisons for the first time in half a year. Relatives ask people to write legibly and enclose no stamps.
Human rights defenders point out that a postcard takes nine days on average, and every fourth one comes back.
## Help
Families received 61 parcels with winter clothes this week. Warm socks, reading glasses and dictionaries are needed most.`,
    },
  },
  {
    key: 'postcards',
    rubric: ['society'],
    picture: 'reader',
    be: {
      headline: 'Дзесяць тысяч паштовак: валанцёры пішуць тым, хто за кратамі',
      lead: 'Валанцёры з пяці гарадоў Еўропы за лета падпісалі дзесяць тысяч паштовак для людзей, якія сустрэнуць зіму за кратамі.',
      body: `Найчасцей пішуць пра надвор’е, сабак і рэцэпты: такія паштоўкі даходзяць лепш за іншыя.
«Мы не ведаем, ці дойдзе менавіта гэтая. Таму пішам наступную», — кажа каардынатарка з Вільні.`,
    },
    ru: {
      headline: 'Десять тысяч открыток: волонтёры пишут тем, кто за решёткой',
      lead: 'Волонтёры из пяти городов Европы за лето подписали десять тысяч открыток для людей, которые встретят зиму за решёткой.',
      body: `Чаще всего пишут о погоде, собаках и рецептах: такие открытки доходят лучше других.
«Мы не знаем, дойдёт ли именно эта. Поэтому пишем следующую», — говорит координатор из Вильнюса.`,
    },
    en: {
      headline: 'Ten thousand postcards: volunteers write to people behind bars',
      lead: 'Volunteers in five European cities have written ten thousand postcards this summer to people who will spend the winter behind bars.',
      body: `They write mostly about weather, dogs and recipes, because such cards get through best.
“We never know whether this one will arrive. So we write the next one,” a coordinator in Vilnius says.`,
    },
  },
  {
    key: 'petitions',
    rubric: ['politics'],
    be: {
      headline: 'Разгляд законапраекта пра электронныя звароты зноў адклалі',
      lead: 'Законапраект, які дазволіў бы падаваць калектыўныя звароты праз інтэрнэт, знялі з парадку дня чацвёрты раз за год.',
      body: `Прычыны не назвалі. Паводле праекта, дзяржорган мусіў бы адказаць за пятнаццаць дзён, калі пад зваротам больш за 500 подпісаў.
Юрысты заўважаюць, што і цяпер папяровы зварот ніхто не забараняе, але чарга да прыёмнай доўжыцца тыднямі.`,
    },
    ru: {
      headline: 'Рассмотрение законопроекта об электронных обращениях снова отложили',
      lead: 'Законопроект, который позволил бы подавать коллективные обращения через интернет, сняли с повестки дня четвёртый раз за год.',
      body: `Причины не назвали. Согласно проекту, госорган должен был бы ответить за пятнадцать дней, если под обращением больше 500 подписей.
Юристы замечают, что и сейчас бумажное обращение никто не запрещает, но очередь в приёмную тянется неделями.`,
    },
    en: {
      headline: 'Bill on electronic petitions taken off the agenda again',
      lead: 'A bill that would let people file collective petitions online was taken off the agenda for the fourth time this year.',
      body: `No reason was given. Under the bill an agency would have to reply within fifteen days to any petition with more than 500 signatures.
Lawyers note that nobody forbids petitions on paper, but the queue at the reception office takes weeks.`,
    },
  },
  {
    key: 'leipzig-school',
    rubric: ['germany', 'society'],
    picture: 'reader',
    be: {
      headline: 'У Лейпцыгу адкрылася беларуская суботняя школа: прыйшлі 47 дзяцей',
      lead: 'У Лейпцыгу пачала працаваць беларуская суботняя школа, дзе вучаць чытаць, спяваць і гатаваць клёцкі.',
      body: `Самай маленькай вучаніцы чатыры гады, самаму старэйшаму — чатырнаццаць. Клас падзялілі не паводле ўзросту, а паводле таго, на якой мове дзеці сварацца.
Памяшканне дала гарадская бібліятэка, падручнікі прывезлі з пяці краін.`,
    },
    ru: {
      headline: 'В Лейпциге открылась белорусская субботняя школа: пришли 47 детей',
      lead: 'В Лейпциге начала работать белорусская субботняя школа, где учат читать, петь и готовить клёцки.',
      body: `Самой маленькой ученице четыре года, самому старшему — четырнадцать. Класс разделили не по возрасту, а по тому, на каком языке дети ссорятся.
Помещение дала городская библиотека, учебники привезли из пяти стран.`,
    },
    en: {
      headline: 'Belarusian Saturday school opens in Leipzig with 47 children',
      lead: 'A Belarusian Saturday school has opened in Leipzig, teaching children to read, to sing and to make dumplings.',
      body: `The youngest pupil is four, the oldest fourteen. They were grouped not by age but by the language they quarrel in.
The city library gave the room, and textbooks came from five countries.`,
    },
  },
  {
    key: 'trade-paid',
    rubric: ['economy', 'politics'],
    paid: true,
    be: {
      headline: 'Каму выгадная новая мытная чарга: разбор для POZIRK+',
      lead: 'Новы парадак афармлення грузаў паскорыў адны перавозкі і спыніў іншыя.',
      body: 'Поўны тэкст — для чытачоў POZIRK+.',
    },
    ru: {
      headline: 'Кому выгодна новая таможенная очередь: разбор для POZIRK+',
      lead: 'Новый порядок оформления грузов ускорил одни перевозки и остановил другие.',
      body: 'Полный текст — для читателей POZIRK+.',
    },
    en: {
      headline: 'Who gains from the new customs queue: a POZIRK+ report',
      lead: 'The new cargo procedure has sped up some deliveries and stopped others.',
      body: 'The full text is for readers of POZIRK+.',
    },
  },
  {
    key: 'consulate',
    rubric: ['politics', 'society'],
    be: {
      headline: 'Даведкі для беларусаў у Варшаве пачалі выдаваць без запісу',
      lead: 'Гарадскі цэнтр дапамогі ў Варшаве тры дні на тыдзень прымае беларусаў без запісу і дапамагае з перакладам дакументаў.',
      body: `Найчасцей пытаюцца пра школы, медыцынскую страхоўку і пашпарты, тэрмін якіх заканчваецца.
Цэнтр працуе на трох мовах, кансультацыі бясплатныя.`,
    },
    ru: {
      headline: 'Справки для белорусов в Варшаве начали выдавать без записи',
      lead: 'Городской центр помощи в Варшаве три дня в неделю принимает белорусов без записи и помогает с переводом документов.',
      body: `Чаще всего спрашивают о школах, медицинской страховке и паспортах, срок которых заканчивается.
Центр работает на трёх языках, консультации бесплатные.`,
    },
    en: {
      headline: 'Belarusians in Warsaw can now get certificates without an appointment',
      lead: 'A city help centre in Warsaw receives Belarusians without an appointment three days a week and helps them to translate documents.',
      body: `Most questions are about schools, health insurance and passports that are about to expire.
The centre works in three languages, and advice is free.`,
    },
  },
  {
    key: 'doctor-van',
    rubric: ['society'],
    picture: 'archive',
    be: {
      headline: 'Доктар на колах аб’едзе сорак вёсак Палесся да зімы',
      lead: 'Мабільны кабінет з кардыёграфам і стаматалагічным крэслам да снежня прыедзе ў сорак вёсак, дзе няма свайго фельчара.',
      body: `За першы тыдзень агледзелі 312 чалавек, у дзевяці знайшлі тое, што нельга адкладаць.
Расклад вывешваюць у крамах і на дзвярах пошты.`,
    },
    ru: {
      headline: 'Доктор на колёсах объедет сорок деревень Полесья до зимы',
      lead: 'Мобильный кабинет с кардиографом и стоматологическим креслом до декабря приедет в сорок деревень, где нет своего фельдшера.',
      body: `За первую неделю осмотрели 312 человек, у девяти нашли то, что нельзя откладывать.
Расписание вывешивают в магазинах и на дверях почты.`,
    },
    en: {
      headline: 'Doctor on wheels to visit forty villages of Palessie before winter',
      lead: 'A mobile surgery with a cardiograph and a dentist’s chair will visit forty villages that have no medic of their own by December.',
      body: `In the first week 312 people were examined, and nine of them had something that could not wait.
The timetable hangs in shops and on post office doors.`,
    },
  },
  {
    key: 'late-letter',
    rubric: ['society'],
    be: {
      headline: 'Ліст дайшоў да адрасаткі праз трыццаць адзін год',
      lead: 'Пры рамонце паштовага аддзялення ў Навагрудку за шафай знайшлі ліст 1995 года, і паштальёнка адшукала тую, каму ён быў напісаны.',
      body: `Жанчына даўно жыве ў іншым доме, але на той жа вуліцы. У канверце быў рэцэпт яблычнага пірага ад сяброўкі, з якой яны з таго часу не размаўлялі.
Цяпер размаўляюць.`,
    },
    ru: {
      headline: 'Письмо дошло до адресата через тридцать один год',
      lead: 'При ремонте почтового отделения в Новогрудке за шкафом нашли письмо 1995 года, и почтальон отыскала ту, кому оно было написано.',
      body: `Женщина давно живёт в другом доме, но на той же улице. В конверте был рецепт яблочного пирога от подруги, с которой они с тех пор не разговаривали.
Теперь разговаривают.`,
    },
    en: {
      headline: 'Letter reaches its addressee after thirty-one years',
      lead: 'A letter from 1995 turned up behind a cupboard at the post office in Navahrudak, and the postwoman found the woman it was written to.',
      body: `She moved house long ago, but in the same street. The envelope held an apple pie recipe from a friend with whom she had not spoken since.
They are speaking now.`,
    },
  },
];
