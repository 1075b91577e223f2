/**
 * Words by which matching is measured: names in four spellings, each in the forms that news use; words of the same
 * language in their forms; and words that are not each other.
 */

/** One name a line: Belarusian | Russian | łacinka | English, forms separated by commas, the base form first. */
export const NAMES = `
Лукашэнка, Лукашэнку, Лукашэнкам | Лукашенко | Łukašenka, Łukašenku, Łukašenkam | Lukashenko, Lukashenka, Lukashenko’s
Ціханоўская, Ціханоўскай, Ціханоўскую | Тихановская, Тихановской, Тихановскую | Cichanoŭskaja, Cichanoŭskaj, Cichanoŭskuju | Tsikhanouskaya, Tikhanovskaya, Tsikhanouskaya’s
Бабарыка, Бабарыку, Бабарыкам | Бабарико | Babaryka, Babaryku, Babarykam | Babaryka, Babariko, Babaryka’s
Калеснікава, Калеснікавай, Калеснікаву | Колесникова, Колесниковой, Колесникову | Kaleśnikava, Kaleśnikavaj, Kaleśnikavu | Kalesnikava, Kolesnikova, Kalesnikava’s
Цапкала, Цапкалу, Цапкалам | Цепкало | Capkała, Capkału, Capkałam | Tsepkalo, Tsapkala, Tsepkalo’s
Статкевіч, Статкевіча, Статкевічам | Статкевич, Статкевича, Статкевичем | Statkievič, Statkieviča, Statkievičam | Statkevich, Statkievich, Statkevich’s
Бяляцкі, Бяляцкага, Бяляцкім | Беляцкий, Беляцкого, Беляцким | Bialacki, Bialackaha, Bialackim | Bialiatski, Byalyatski, Bialiatski’s
Севярынец, Севярынца, Севярынцу | Северинец, Северинца, Северинцу | Sieviaryniec, Sieviarynca, Sieviaryncu | Seviarynets, Severinets, Seviarynets’s
Латушка, Латушку, Латушкам | Латушко | Łatuška, Łatušku, Łatuškam | Latushka, Latushko, Latushka’s
Вячорка, Вячорку, Вячоркам | Вячорко | Viačorka, Viačorku, Viačorkam | Viachorka, Vyachorka, Viachorka’s
Кавалькова, Кавальковай, Кавалькову | Ковалькова, Ковальковой, Ковалькову | Kavalkova, Kavalkovaj, Kavalkovu | Kavalkova, Kovalkova, Kavalkova’s
Пратасевіч, Пратасевіча, Пратасевічам | Протасевич, Протасевича, Протасевичем | Pratasievič, Pratasieviča, Pratasievičam | Pratasevich, Protasevich, Pratasevich’s
Андрэева, Андрэевай, Андрэеву | Андреева, Андреевой, Андрееву | Andrejeva, Andrejevaj, Andrejevu | Andreyeva, Andreeva, Andreyeva’s
Пачобут, Пачобута, Пачобуту | Почобут, Почобута, Почобутом | Pačobut, Pačobuta, Pačobutam | Poczobut, Pachobut, Poczobut’s
Золатава, Золатавай, Золатаву | Золотова, Золотовой, Золотову | Zołatava, Zołatavaj, Zołatavu | Zolatava, Zolotova, Zolatava’s
Лабковіч, Лабковіча, Лабковічам | Лабкович, Лабковича, Лабковичем | Łabkovič, Łabkoviča, Łabkovičam | Labkovich, Labkovich’s
Стэфановіч, Стэфановіча, Стэфановічам | Стефанович, Стефановича, Стефановичем | Stefanovič, Stefanoviča, Stefanovičam | Stefanovich, Stefanovich’s
Лосік, Лосіка, Лосіку | Лосик, Лосика, Лосиком | Łosik, Łosika, Łosikam | Losik, Losik’s
Аўтуховіч, Аўтуховіча, Аўтуховічам | Автухович, Автуховича, Автуховичем | Aŭtuchovič, Aŭtuchoviča, Aŭtuchovičam | Autukhovich, Avtukhovich, Autukhovich’s
Дашкевіч, Дашкевіча, Дашкевічам | Дашкевич, Дашкевича, Дашкевичем | Daškievič, Daškieviča, Daškievičam | Dashkevich, Dashkievich, Dashkevich’s
Аліневіч, Аліневіча, Аліневічам | Олиневич, Олиневича, Олиневичем | Alinievič, Alinieviča, Alinievičam | Alinevich, Olinevich, Alinevich’s
Казулін, Казуліна, Казуліным | Козулин, Козулина, Козулиным | Kazulin, Kazulina, Kazulinym | Kazulin, Kozulin, Kazulin’s
Мілінкевіч, Мілінкевіча, Мілінкевічам | Милинкевич, Милинкевича, Милинкевичем | Milinkievič, Milinkieviča, Milinkievičam | Milinkevich, Milinkievich, Milinkevich’s
Пазняк, Пазняка, Пазняку | Позняк, Позняка, Позняком | Pazniak, Pazniaka, Pazniakam | Pazniak, Pozniak, Pazniak’s
Шушкевіч, Шушкевіча, Шушкевічам | Шушкевич, Шушкевича, Шушкевичем | Šuškievič, Šuškieviča, Šuškievičam | Shushkevich, Shushkievich, Shushkevich’s
Някляеў, Някляева, Някляевым | Некляев, Некляева, Некляевым | Niaklajeŭ, Niaklajeva, Niaklajevym | Niakliayeu, Neklyaev, Niakliayeu’s
Саннікаў, Саннікава, Саннікавым | Санников, Санникова, Санниковым | Sańnikaŭ, Sańnikava, Sańnikavym | Sannikau, Sannikov, Sannikau’s
Лябедзька, Лябедзьку, Лябедзькам | Лебедько | Labiedźka, Labiedźku, Labiedźkam | Liabedzka, Lebedko, Liabedzka’s
Канапацкая, Канапацкай, Канапацкую | Конопацкая, Конопацкой, Конопацкую | Kanapackaja, Kanapackaj, Kanapackuju | Kanapatskaya, Konopatskaya, Kanapatskaya’s
Караткевіч, Караткевіча, Караткевічам | Короткевич, Короткевича, Короткевичем | Karatkievič, Karatkieviča, Karatkievičam | Karatkevich, Korotkevich, Karatkevich’s
Гайдукевіч, Гайдукевіча, Гайдукевічам | Гайдукевич, Гайдукевича, Гайдукевичем | Hajdukievič, Hajdukieviča, Hajdukievičam | Haidukevich, Gaidukevich, Haidukevich’s
Дзмітрыеў, Дзмітрыева, Дзмітрыевым | Дмитриев, Дмитриева, Дмитриевым | Dźmitryjeŭ, Dźmitryjeva, Dźmitryjevym | Dzmitryeu, Dmitriev, Dzmitryeu’s
Макей, Макея, Макеем | Макей, Макея, Макеем | Makiej, Makieja, Makiejem | Makei, Makey, Makei’s
Рыжанкоў, Рыжанкова, Рыжанковым | Рыженков, Рыженкова, Рыженковым | Ryžankoŭ, Ryžankova, Ryžankovym | Ryzhankou, Ryzhenkov, Ryzhankou’s
Галоўчанка, Галоўчанку, Галоўчанкам | Головченко | Hałoŭčanka, Hałoŭčanku, Hałoŭčankam | Halouchanka, Golovchenko, Halouchanka’s
Качанава, Качанавай, Качанаву | Кочанова, Кочановой, Кочанову | Kačanava, Kačanavaj, Kačanavu | Kachanava, Kochanova, Kachanava’s
Эйсмант, Эйсманта, Эйсманту | Эйсмонт, Эйсмонта, Эйсмонтом | Ejsmant, Ejsmanta, Ejsmantam | Eismant, Eismont, Eismant’s
Караеў, Караева, Караевым | Караев, Караева, Караевым | Karajeŭ, Karajeva, Karajevym | Karayeu, Karaev, Karayeu’s
Кубракоў, Кубракова, Кубраковым | Кубраков, Кубракова, Кубраковым | Kubrakoŭ, Kubrakova, Kubrakovym | Kubrakou, Kubrakov, Kubrakou’s
Тэртэль, Тэртэля, Тэртэлем | Тертель, Тертеля, Тертелем | Tertel, Tertela, Tertelem | Tertel, Tsertsel, Tertel’s
Хрэнін, Хрэніна, Хрэніным | Хренин, Хренина, Хрениным | Chrenin, Chrenina, Chreninym | Khrenin, Khrenin’s
Вальфовіч, Вальфовіча, Вальфовічам | Вольфович, Вольфовича, Вольфовичем | Valfovič, Valfoviča, Valfovičam | Valfovich, Volfovich, Valfovich’s
Балаба, Балабы, Балабу | Балаба, Балабы, Балабу | Bałaba, Bałaby, Bałabu | Balaba, Balaba’s
Снапкоў, Снапкова, Снапковым | Снопков, Снопкова, Снопковым | Snapkoŭ, Snapkova, Snapkovym | Snapkou, Snopkov, Snapkou’s
Турчын, Турчына, Турчыным | Турчин, Турчина, Турчиным | Turčyn, Turčyna, Turčynym | Turchyn, Turchin, Turchyn’s
Карпянкоў, Карпянкова, Карпянковым | Карпенков, Карпенкова, Карпенковым | Karpiankoŭ, Karpiankova, Karpiankovym | Karpiankou, Karpenkov, Karpiankou’s
Шэйман, Шэймана, Шэйману | Шейман, Шеймана, Шейманом | Šejman, Šejmana, Šejmanam | Sheiman, Sheyman, Sheiman’s
Мясніковіч, Мясніковіча, Мясніковічам | Мясникович, Мясниковича, Мясниковичем | Miaśnikovič, Miaśnikoviča, Miaśnikovičam | Miasnikovich, Myasnikovich, Miasnikovich’s
Ярмошына, Ярмошынай, Ярмошыну | Ермошина, Ермошиной, Ермошину | Jarmošyna, Jarmošynaj, Jarmošynu | Yarmoshyna, Yermoshina, Yarmoshyna’s
Карпенка, Карпенку, Карпенкам | Карпенко | Karpienka, Karpienku, Karpienkam | Karpenka, Karpenko, Karpenka’s
Азаранка, Азаранку, Азаранкам | Азаренко | Azaranka, Azaranku, Azarankam | Azaranka, Azarenko, Azaranka’s
Сабаленка, Сабаленку, Сабаленкам | Соболенко | Sabalenka, Sabalenku, Sabalenkam | Sabalenka, Sobolenko, Sabalenka’s
Цімановская, Цімановскай, Цімановскую | Тимановская, Тимановской, Тимановскую | Cimanoŭskaja, Cimanoŭskaj, Cimanoŭskuju | Tsimanouskaya, Timanovskaya, Tsimanouskaya’s
Герасіменя, Герасімені, Герасіменю | Герасименя, Герасимени, Герасименю | Hierasimienia, Hierasimieni, Hierasimieniu | Herasimenia, Gerasimenya, Herasimenia’s
Домрачава, Домрачавай, Домрачаву | Домрачева, Домрачевой, Домрачеву | Domračava, Domračavaj, Domračavu | Domracheva, Domrachava, Domracheva’s
Алексіевіч, Алексіевіча, Алексіевічам | Алексиевич, Алексиевича, Алексиевичем | Aleksijevič, Aleksijeviča, Aleksijevičam | Alexievich, Aleksievich, Alexievich’s
Багдановіч, Багдановіча, Багдановічам | Богданович, Богдановича, Богдановичем | Bahdanovič, Bahdanoviča, Bahdanovičam | Bahdanovich, Bogdanovich, Bahdanovich’s
Каліноўскі, Каліноўскага, Каліноўскім | Калиновский, Калиновского, Калиновским | Kalinoŭski, Kalinoŭskaha, Kalinoŭskim | Kalinouski, Kalinovsky, Kalinouski’s
Скарына, Скарыны, Скарыну | Скорина, Скорины, Скорину | Skaryna, Skaryny, Skarynu | Skaryna, Skorina, Skaryna’s
Быкаў, Быкава, Быкавым | Быков, Быкова, Быковым | Bykaŭ, Bykava, Bykavym | Bykau, Bykov, Bykau’s
Зяленскі, Зяленскага, Зяленскім | Зеленский, Зеленского, Зеленским | Zialenski, Zialenskaha, Zialenskim | Zelensky, Zelenskyy, Zelensky’s
Ярмак, Ярмака, Ярмаку | Ермак, Ермака, Ермаком | Jarmak, Jarmaka, Jarmakam | Yermak, Jermak, Yermak’s
Залужны, Залужнага, Залужным | Залужный, Залужного, Залужным | Załužny, Załužnaha, Załužnym | Zaluzhny, Zaluzhnyi, Zaluzhny’s
Кулеба, Кулебы, Кулебу | Кулеба, Кулебы, Кулебу | Kuleba, Kuleby, Kulebu | Kuleba, Kuleba’s
Парашэнка, Парашэнку, Парашэнкам | Порошенко | Parašenka, Parašenku, Parašenkam | Poroshenko, Poroshenka, Poroshenko’s
Пуцін, Пуціна, Пуціным | Путин, Путина, Путиным | Pucin, Pucina, Pucinym | Putin, Putin’s
Лаўроў, Лаўрова, Лаўровым | Лавров, Лаврова, Лавровым | Łaŭroŭ, Łaŭrova, Łaŭrovym | Lavrov, Laurou, Lavrov’s
Пяскоў, Пяскова, Пясковым | Песков, Пескова, Песковым | Piaskoŭ, Piaskova, Piaskovym | Peskov, Piaskou, Peskov’s
Мішусцін, Мішусціна, Мішусціным | Мишустин, Мишустина, Мишустиным | Mišuścin, Mišuścina, Mišuścinym | Mishustin, Mishustin’s
Мядзведзеў, Мядзведзева, Мядзведзевым | Медведев, Медведева, Медведевым | Miadźviedzieŭ, Miadźviedzieva, Miadźviedzievym | Medvedev, Miadzvedzeu, Medvedev’s
Навальны, Навальнага, Навальным | Навальный, Навального, Навальным | Navalny, Navalnaha, Navalnym | Navalny, Navalnyi, Navalny’s
Прыгожын, Прыгожына, Прыгожыным | Пригожин, Пригожина, Пригожиным | Pryhožyn, Pryhožyna, Pryhožynym | Prigozhin, Pryhozhyn, Prigozhin’s
Шайгу | Шойгу | Šajhu | Shoigu, Shoygu, Shoigu’s
Грызлоў, Грызлова, Грызловым | Грызлов, Грызлова, Грызловым | Hryzłoŭ, Hryzłova, Hryzłovym | Gryzlov, Hryzlou, Gryzlov’s
Мязенцаў, Мязенцава, Мязенцавым | Мезенцев, Мезенцева, Мезенцевым | Miaziencaŭ, Miaziencava, Miaziencavym | Mezentsev, Miazentsau, Mezentsev’s
Матвіенка, Матвіенку, Матвіенкам | Матвиенко | Matvijenka, Matvijenku, Matvijenkam | Matviyenko, Matvienko, Matviyenko’s
Кадыраў, Кадырава, Кадыравым | Кадыров, Кадырова, Кадыровым | Kadyraŭ, Kadyrava, Kadyravym | Kadyrov, Kadyrau, Kadyrov’s
Трамп, Трампа, Трампу | Трамп, Трампа, Трампом | Tramp, Trampa, Trampam | Trump, Trump’s
Байдэн, Байдэна, Байдэну | Байден, Байдена, Байденом | Bajden, Bajdena, Bajdenam | Biden, Biden’s
Макрон, Макрона, Макрону | Макрон, Макрона, Макроном | Makron, Makrona, Makronam | Macron, Macron’s
Шольц, Шольца, Шольцам | Шольц, Шольца, Шольцем | Šolc, Šolca, Šolcam | Scholz, Scholz’s
Меркель | Меркель | Mierkiel | Merkel, Merkel’s
Туск, Туска, Туску | Туск, Туска, Туском | Tusk, Tuska, Tuskam | Tusk, Tusk’s
Дуда, Дуды, Дуду | Дуда, Дуды, Дуду | Duda, Dudy, Dudu | Duda, Duda’s
Навроцкі, Навроцкага, Навроцкім | Навроцкий, Навроцкого, Навроцким | Navrocki, Navrockaha, Navrockim | Nawrocki, Navrotski, Nawrocki’s
Качыньскі, Качыньскага, Качыньскім | Качиньский, Качиньского, Качиньским | Kačyński, Kačyńskaha, Kačyńskim | Kaczyński, Kaczynski, Kaczyński’s
Сікорскі, Сікорскага, Сікорскім | Сикорский, Сикорского, Сикорским | Sikorski, Sikorskaha, Sikorskim | Sikorski, Sikorsky, Sikorski’s
Наўседа, Наўседы, Наўседу | Науседа, Науседы, Науседу | Naŭsieda, Naŭsiedy, Naŭsiedu | Nausėda, Nauseda, Nausėda’s
Ландсбергіс, Ландсбергіса, Ландсбергісу | Ландсбергис, Ландсбергиса, Ландсбергисом | Łandsbierhis, Łandsbierhisa, Łandsbierhisam | Landsbergis, Landsbergis’s
Шыманітэ | Шимоните | Šymanite | Šimonytė, Simonyte, Šimonytė’s
Эрдаган, Эрдагана, Эрдагану | Эрдоган, Эрдогана, Эрдоганом | Erdahan, Erdahana, Erdahanam | Erdogan, Erdoğan, Erdogan’s
Нетаньяху | Нетаньяху | Nietańjachu | Netanyahu, Netanyahu’s
Гутэрыш, Гутэрыша, Гутэрышам | Гутерриш, Гутерриша, Гутерришем | Huteryš, Huteryša, Huteryšam | Guterres, Guterres’s
Саакашвілі | Саакашвили | Saakašvili | Saakashvili, Saakashvili’s
Пашынян, Пашыняна, Пашыняну | Пашинян, Пашиняна, Пашиняном | Pašynian, Pašyniana, Pašynianam | Pashinyan, Pashinian, Pashinyan’s
Аліеў, Аліева, Аліевым | Алиев, Алиева, Алиевым | Alijeŭ, Alijeva, Alijevym | Aliyev, Aliev, Aliyev’s
Такаеў, Такаева, Такаевым | Токаев, Токаева, Токаевым | Takajeŭ, Takajeva, Takajevym | Tokayev, Tokaev, Tokayev’s
Назарбаеў, Назарбаева, Назарбаевым | Назарбаев, Назарбаева, Назарбаевым | Nazarbajeŭ, Nazarbajeva, Nazarbajevym | Nazarbayev, Nazarbaev, Nazarbayev’s
Орбан, Орбана, Орбану | Орбан, Орбана, Орбаном | Orban, Orbana, Orbanam | Orban, Orbán, Orban’s
Фіца | Фицо | Fica | Fico, Fitso, Fico’s
Мінск, Мінска, Мінску | Минск, Минска, Минском | Minsk, Minska, Minskam | Minsk, Minsk’s
Гродна, Гродны, Гродне | Гродно | Hrodna, Hrodnie | Hrodna, Grodno, Hrodna’s
Гомель, Гомеля, Гомелем | Гомель, Гомеля, Гомелем | Homiel, Homiela, Homielem | Homel, Gomel, Homel’s
Магілёў, Магілёва, Магілёве | Могилёв, Могилёва, Могилёвом | Mahiloŭ, Mahilova, Mahilovie | Mahiliou, Mogilev, Mahiliou’s
Віцебск, Віцебска, Віцебску | Витебск, Витебска, Витебском | Viciebsk, Viciebska, Viciebskam | Vitsebsk, Vitebsk, Vitsebsk’s
Брэст, Брэста, Брэсту | Брест, Бреста, Брестом | Brest, Bresta, Brestam | Brest, Brest’s
Баранавічы, Баранавічаў, Баранавічах | Барановичи, Барановичей, Барановичах | Baranavičy, Baranavičaŭ, Baranavičach | Baranavichy, Baranovichi, Baranavichy’s
Барысаў, Барысава, Барысаве | Борисов, Борисова, Борисовом | Barysaŭ, Barysava, Barysavie | Barysau, Borisov, Barysau’s
Пінск, Пінска, Пінску | Пинск, Пинска, Пинском | Pinsk, Pinska, Pinskam | Pinsk, Pinsk’s
Орша, Оршы, Оршу | Орша, Орши, Оршу | Orša, Oršy, Oršu | Orsha, Orsha’s
Мазыр, Мазыра, Мазыру | Мозырь, Мозыря, Мозырю | Mazyr, Mazyra, Mazyru | Mazyr, Mozyr, Mazyr’s
Наваполацк, Наваполацка, Наваполацку | Новополоцк, Новополоцка, Новополоцком | Navapołack, Navapołacka, Navapołackam | Navapolatsk, Novopolotsk, Navapolatsk’s
Салігорск, Салігорска, Салігорску | Солигорск, Солигорска, Солигорском | Salihorsk, Salihorska, Salihorskam | Salihorsk, Soligorsk, Salihorsk’s
Маладзечна, Маладзечны, Маладзечне | Молодечно | Maładziečna, Maładziečnie | Maladzechna, Molodechno, Maladzechna’s
Ліда, Ліды, Ліду | Лида, Лиды, Лиду | Lida, Lidy, Lidu | Lida, Lida’s
Полацк, Полацка, Полацку | Полоцк, Полоцка, Полоцком | Połack, Połacka, Połackam | Polatsk, Polotsk, Polatsk’s
Жлобін, Жлобіна, Жлобіне | Жлобин, Жлобина, Жлобином | Žłobin, Žłobina, Žłobinie | Zhlobin, Zhlobin’s
Светлагорск, Светлагорска, Светлагорску | Светлогорск, Светлогорска, Светлогорском | Svietłahorsk, Svietłahorska, Svietłahorskam | Svetlahorsk, Svetlogorsk, Svetlahorsk’s
Рэчыца, Рэчыцы, Рэчыцу | Речица, Речицы, Речицу | Rečyca, Rečycy, Rečycu | Rechytsa, Rechitsa, Rechytsa’s
Слуцк, Слуцка, Слуцку | Слуцк, Слуцка, Слуцком | Słuck, Słucka, Słuckam | Slutsk, Slutsk’s
Жодзіна, Жодзіне | Жодино | Žodzina, Žodzinie | Zhodzina, Zhodino, Zhodzina’s
Кобрын, Кобрына, Кобрыне | Кобрин, Кобрина, Кобрином | Kobryn, Kobryna, Kobrynie | Kobryn, Kobrin, Kobryn’s
Слонім, Слоніма, Слоніму | Слоним, Слонима, Слонимом | Słonim, Słonima, Słonimam | Slonim, Slonim’s
Астравец, Астравца, Астравцу | Островец, Островца, Островцу | Astraviec, Astravca, Astravcu | Astravets, Ostrovets, Astravets’s
Нясвіж, Нясвіжа, Нясвіжам | Несвиж, Несвижа, Несвижем | Niaśviž, Niaśviža, Niaśvižam | Niasvizh, Nesvizh, Niasvizh’s
Варшава, Варшавы, Варшаву | Варшава, Варшавы, Варшаву | Varšava, Varšavy, Varšavu | Warsaw, Varshava, Warsaw’s
Вільнюс, Вільнюса, Вільнюсу | Вильнюс, Вильнюса, Вильнюсом | Vilnius, Vilniusa, Vilniusam | Vilnius, Vilnius’s
Масква, Масквы, Маскву | Москва, Москвы, Москву | Maskva, Maskvy, Maskvu | Moscow, Moskva, Moscow’s
Кіеў, Кіева, Кіеве | Киев, Киева, Киевом | Kijeŭ, Kijeva, Kijevie | Kyiv, Kiev, Kyiv’s
Харкаў, Харкава, Харкаве | Харьков, Харькова, Харьковом | Charkaŭ, Charkava, Charkavie | Kharkiv, Kharkov, Kharkiv’s
Львоў, Львова, Львове | Львов, Львова, Львовом | Lvoŭ, Lvova, Lvovie | Lviv, Lvov, Lviv’s
Беласток, Беластока, Беластоку | Белосток, Белостока, Белостоком | Biełastok, Biełastoka, Biełastokam | Bialystok, Białystok, Bialystok’s
Каўнас, Каўнаса, Каўнасу | Каунас, Каунаса, Каунасом | Kaŭnas, Kaŭnasa, Kaŭnasam | Kaunas, Kaunas’s
Польшча, Польшчы, Польшчу | Польша, Польши, Польшу | Polšča, Polščy, Polšču | Poland, Polska, Poland’s
Украіна, Украіны, Украіну | Украина, Украины, Украину | Ukraina, Ukrainy, Ukrainu | Ukraine, Ukraina, Ukraine’s
Беларусь, Беларусі, Беларусью | Беларусь, Беларуси, Беларусью | Bielaruś, Bielarusi, Bielaruśsiu | Belarus, Belarus’s
Расія, Расіі, Расію | Россия, России, Россию | Rasija, Rasii, Rasiju | Russia, Russia’s
Літва, Літвы, Літву | Литва, Литвы, Литву | Litva, Litvy, Litvu | Lithuania, Litva, Lithuania’s
Латвія, Латвіі, Латвію | Латвия, Латвии, Латвию | Łatvija, Łatvii, Łatviju | Latvia, Latvia’s
Еўрасаюз, Еўрасаюза, Еўрасаюзу | Евросоюз, Евросоюза, Евросоюзом | Jeŭrasajuz, Jeŭrasajuza, Jeŭrasajuzam | Yeurasayuz, Evrosoyuz, Yeurasayuz’s
Вясна, Вясны, Вясну | Вясна, Вясны, Вясну | Viasna, Viasny, Viasnu | Viasna, Vyasna, Viasna’s
Беларуськалій, Беларуськалія, Беларуськалію | Беларуськалий, Беларуськалия, Беларуськалию | Bielaruśkalij, Bielaruśkalija, Bielaruśkaliju | Belaruskali, Belaruskaliy, Belaruskali’s
Белавія | Белавиа | Biełavija | Belavia, Belavia’s
Нафтан, Нафтана, Нафтану | Нафтан, Нафтана, Нафтаном | Naftan, Naftana, Naftanam | Naftan, Naftan’s
Аляксандр, Аляксандра, Аляксандру | Александр, Александра, Александром | Alaksandr, Alaksandra, Alaksandram | Alaksandr, Aleksandr, Alaksandr’s
Святлана, Святланы, Святлану | Светлана, Светланы, Светлану | Sviatłana, Sviatłany, Sviatłanu | Sviatlana, Svetlana, Sviatlana’s
Сяргей, Сяргея, Сяргеем | Сергей, Сергея, Сергеем | Siarhiej, Siarhieja, Siarhiejem | Siarhei, Sergei, Siarhei’s
Таццяна, Таццяны, Таццяну | Татьяна, Татьяны, Татьяну | Taćciana, Taćciany, Taćcianu | Tatsiana, Tatyana, Tatsiana’s
Мікалай, Мікалая, Мікалаем | Николай, Николая, Николаем | Mikałaj, Mikałaja, Mikałajem | Mikalai, Nikolai, Mikalai’s
Уладзімір, Уладзіміра, Уладзіміру | Владимир, Владимира, Владимиром | Uładzimir, Uładzimira, Uładzimiram | Uladzimir, Vladimir, Uladzimir’s
Наталля, Наталлі, Наталлю | Наталья, Натальи, Наталью | Natalla, Natalli, Natallu | Natallia, Natalya, Natallia’s
Ганна, Ганны, Ганну | Анна, Анны, Анну | Hanna, Hanny, Hannu | Hanna, Anna, Hanna’s
Ігар, Ігара, Ігару | Игорь, Игоря, Игорю | Ihar, Ihara, Iharu | Ihar, Igor, Ihar’s
Алег, Алега, Алегу | Олег, Олега, Олегом | Aleh, Aleha, Aleham | Aleh, Oleg, Aleh’s
Зміцер, Зміцера, Зміцеру | Дмитрий, Дмитрия, Дмитрию | Źmicier, Źmiciera, Źmicieru | Zmitser, Dmitry, Zmitser’s
Рыгор, Рыгора, Рыгору | Григорий, Григория, Григорию | Ryhor, Ryhora, Ryhoru | Ryhor, Grigory, Ryhor’s
Гарбунова, Гарбуновай, Гарбунову | Горбунова, Горбуновой, Горбунову | Harbunova, Harbunovaj, Harbunovu | Harbunova, Gorbunova, Harbunova’s
Фядута, Фядуты, Фядуту | Федута, Федуты, Федуту | Fiaduta, Fiaduty, Fiadutu | Fiaduta, Feduta, Fiaduta’s
Знак, Знака, Знаку | Знак, Знака, Знаком | Znak, Znaka, Znakam | Znak, Znak’s
Рабкоў, Рабкова, Рабковым | Рябков, Рябкова, Рябковым | Rabkoŭ, Rabkova, Rabkovym | Rabkou, Ryabkov, Rabkou’s
Афнагель, Афнагеля, Афнагелем | Афнагель, Афнагеля, Афнагелем | Afnahiel, Afnahiela, Afnahielem | Afnagel, Afnahel
Войтаў, Войтава, Войтавым | Войтов, Войтова, Войтовым | Vojtaŭ, Vojtava, Vojtavym | Voitau, Voytov
Наркевіч, Наркевіча, Наркевічам | Наркевич, Наркевича, Наркевичем | Narkievič, Narkieviča, Narkievičam | Narkevich, Narkievich
Шведаў, Шведава, Шведавым | Шведов, Шведова, Шведовым | Šviedaŭ, Šviedava, Šviedavym | Shvedau, Shvedov
Андрыяшчанка, Андрыяшчанку, Андрыяшчанкам | Андриященко | Andryjaščanka, Andryjaščanku, Andryjaščankam | Andryiashchanka, Andriyashchenko
Піневіч, Піневіча, Піневічам | Пиневич, Пиневича, Пиневичем | Pinievič, Pinieviča, Pinievičam | Pinevich, Pinievich
Сергіенка, Сергіенку, Сергіенкам | Сергиенко | Sierhijenka, Sierhijenku, Sierhijenkam | Serhiyenka, Sergienko
Півавараў, Піваварава, Піваваравым | Пивоваров, Пивоварова, Пивоваровым | Pivavaraŭ, Pivavarava, Pivavaravym | Pivavarau, Pivovarov
Кісялёў, Кісялёва, Кісялёвым | Киселёв, Киселева, Киселёвым | Kisialoŭ, Kisialova, Kisialovym | Kisialiou, Kiselyov
Гузава, Гузавай, Гузаву | Гузова, Гузовой, Гузову | Huzava, Huzavaj, Huzavu | Huzava, Guzova
Ільяш, Ільяша, Ільяшам | Ильяш, Ильяша, Ильяшом | Iljaš, Iljaša, Iljašam | Iliash, Ilyash
Барысевіч, Барысевіч | Борисевич, Борисевич | Barysievič | Barysevich, Borisevich
Ядвігін, Ядвігіна | Ядвигин, Ядвигина | Jadvihin, Jadvihina | Yadvihin, Yadvigin
Дзяржынск, Дзяржынска, Дзяржынску | Дзержинск, Дзержинска, Дзержинске | Dziaržynsk, Dziaržynska, Dziaržynsku | Dziarzhynsk, Dzerzhinsk
Шчучын, Шчучына, Шчучыне | Щучин, Щучина, Щучине | Ščučyn, Ščučyna, Ščučynie | Shchuchyn, Shchuchin
Ваўкавыск, Ваўкавыска, Ваўкавыску | Волковыск, Волковыска, Волковыске | Vaŭkavysk, Vaŭkavyska, Vaŭkavysku | Vaukavysk, Volkovysk
Смаргонь, Смаргоні, Смаргонню | Сморгонь, Сморгони, Сморгонью | Smarhoń, Smarhoni, Smarhońniu | Smarhon, Smorgon
Навагрудак, Навагрудка, Навагрудку | Новогрудок, Новогрудка, Новогрудке | Navahrudak, Navahrudka, Navahrudku | Navahrudak, Novogrudok
Бабруйск, Бабруйска, Бабруйску | Бобруйск, Бобруйска, Бобруйске | Babrujsk, Babrujska, Babrujsku | Babruisk, Bobruisk
Асіповічы, Асіповічаў, Асіповічах | Осиповичи, Осиповичей, Осиповичах | Asipovičy, Asipovičaŭ, Asipovičach | Asipovichy, Osipovichi
Крычаў, Крычава, Крычаве | Кричев, Кричева, Кричеве | Kryčaŭ, Kryčava, Kryčavie | Krychau, Krichev
Лепель, Лепеля, Лепелі | Лепель, Лепеля, Лепеле | Lepiel, Lepiela, Lepieli | Lepel, Lepiel
Браслаў, Браслава, Браславе | Браслав, Браслава, Браславе | Brasłaŭ, Brasłava, Brasłavie | Braslau, Braslav
Іўе, Іўя, Іўю | Ивье, Ивья, Ивью | Iŭje, Iŭja, Iŭju | Iuye, Ivye
Клецк, Клецка, Клецку | Клецк, Клецка, Клецке | Kleck, Klecka, Klecku | Kletsk, Kletsk’s
Балгарыя, Балгарыі | Болгария, Болгарии, Болгарию | Bałharyja, Bałharyi, Bałharyju | Bulgaria, Bolgaria
Румынія, Румыніі, Румынію | Румыния, Румынии, Румынию | Rumynija, Rumynii, Rumyniju | Romania, Rumynia
Малдова, Малдовы, Малдову | Молдова, Молдовы, Молдову | Małdova, Małdovy, Małdovu | Moldova, Moldova’s
Грузія, Грузіі, Грузію | Грузия, Грузии, Грузию | Hruzija, Hruzii, Hruziju | Gruzia, Hruziya
Арменія, Арменіі, Арменію | Армения, Армении, Армению | Armienija, Armienii, Armieniju | Armenia, Armenia’s
Казахстан, Казахстана, Казахстану | Казахстан, Казахстана, Казахстаном | Kazachstan, Kazachstana, Kazachstanu | Kazakhstan, Kazakhstan’s
Кітай, Кітая, Кітаем | Китай, Китая, Китаем | Kitaj, Kitaja, Kitajem | Kitai, Kitay
Сірыя, Сірыі, Сірыю | Сирия, Сирии, Сирию | Siryja, Siryi, Siryju | Syria, Siriya
Сабалеўская, Сабалеўскай, Сабалеўскую | Соболевская, Соболевской, Соболевскую | Sabaleŭskaja, Sabaleŭskaj, Sabaleŭskuju | Sabaleuskaya, Sobolevskaya
Мельнікава, Мельнікавай, Мельнікаву | Мельникова, Мельниковой, Мельникову | Mielnikava, Mielnikavaj, Mielnikavu | Melnikava, Melnikova
Дарафеева, Дарафеевай, Дарафееву | Дорофеева, Дорофеевой, Дорофееву | Darafiejeva, Darafiejevaj, Darafiejevu | Darafeyeva, Dorofeeva
Хадановіч, Хадановіча, Хадановічам | Хаданович, Хадановича, Хадановичем | Chadanovič, Chadanoviča, Chadanovičam | Khadanovich, Khadanovich’s
Вайцюшкевіч, Вайцюшкевіча, Вайцюшкевічам | Войтюшкевич, Войтюшкевича, Войтюшкевичем | Vajciuškievič, Vajciuškieviča, Vajciuškievičam | Vaitsiushkevich, Voityushkevich
Міхалок, Міхалка, Міхалку | Михалок, Михалка, Михалку | Michałok, Michałka, Michałku | Mikhalok, Mikhalok’s
Ціхан, Ціхана, Ціханам | Тихон, Тихона, Тихоном | Cichan, Cichana, Cichanam | Tsikhan, Tikhon
Эпштэйн, Эпштэйна, Эпштэйну | Эпштейн, Эпштейна, Эпштейном | Epštejn, Epštejna, Epštejnam | Epstein, Epshtein
Вагнер, Вагнера, Вагнеру | Вагнер, Вагнера, Вагнером | Vahnier, Vahniera, Vahnieram | Wagner, Vagner
Гагарын, Гагарына, Гагарыным | Гагарин, Гагарина, Гагариным | Haharyn, Haharyna, Haharynym | Gagarin, Haharyn
Чорны, Чорнага, Чорным | Черный, Черного, Чёрным | Čorny, Čornaha, Čornym | Chorny, Cherny
Ханін, Ханіна, Ханіным | Ханин, Ханина, Ханиным | Chanin, Chanina, Chaninym | Khanin, Khanin’s
Яшчанка, Яшчанку, Яшчанкам | Ященко | Jaščanka, Jaščanku, Jaščankam | Yashchanka, Yashchenko
Мацкевіч, Мацкевіча, Мацкевічу | Мацкевич, Мацкевича, Мацкевичем | Mackievič, Mackieviča, Mackieviču | Matskevich, Matskievich
Ліцвіна, Ліцвіны, Ліцвіну | Литвина, Литвины, Литвину | Licvina, Licviny, Licvinu | Litsvina, Litvina
Дзядок, Дзядка, Дзядку | Дедок, Дедка, Дедком | Dziadok, Dziadka, Dziadku | Dziadok, Dedok
Пальчыс, Пальчыса, Пальчысам | Пальчис, Пальчиса, Пальчисом | Palčys, Palčysa, Palčysam | Palchys, Palchis
Касцюгова, Касцюговай, Касцюгову | Костюгова, Костюговой, Костюгову | Kasciuhova, Kasciuhovaj, Kasciuhovu | Kastsiuhova, Kostyugova
Любецкі, Любецкага, Любецкім | Любецкий, Любецкого, Любецким | Lubiecki, Lubieckaha, Lubieckim | Liubetski, Lyubetsky
Быкоўскі, Быкоўскага, Быкоўскаму | Быковский, Быковского, Быковскому | Bykoŭski, Bykoŭskaha, Bykoŭskamu | Bykouski, Bykovsky
Лойка, Лойкі, Лойку | Лойко | Łojka, Łojki, Łojku | Loika, Loyko
Сіліцкі, Сіліцкага, Сіліцкім | Силицкий, Силицкого, Силицким | Silicki, Silickaha, Silickim | Silitski, Silitsky
Класкоўскі, Класкоўскага, Класкоўскаму | Класковский, Класковского, Класковскому | Kłaskoŭski, Kłaskoŭskaha, Kłaskoŭskamu | Klaskouski, Klaskovsky
Чалы, Чалага, Чалым | Чалый, Чалого, Чалым | Čały, Čałaha, Čałym | Chaly, Chalyi
Крупеніна, Крупенінай, Крупеніну | Крупенина, Крупениной, Крупенину | Krupienina, Krupieninaj, Krupieninu | Krupenina, Krupenina’s
Шарэнда, Шарэнды, Шарэнду | Шаренда, Шаренды, Шаренду | Šarenda, Šarendy, Šarendu | Sharenda, Sharenda’s
Жамчужны, Жамчужнага, Жамчужным | Жемчужный, Жемчужного, Жемчужным | Žamčužny, Žamčužnaha, Žamčužnym | Zhamchuzhny, Zhemchuzhny
Бахвалава, Бахвалавай, Бахвалаву | Бахвалова, Бахваловой, Бахвалову | Bachvałava, Bachvałavaj, Bachvałavu | Bakhvalava, Bakhvalova
Караннік, Каранніка, Каранніку | Каранник, Каранника, Каранником | Karańnik, Karańnika, Karańniku | Karannik, Karannik’s
Пінчук, Пінчука, Пінчуку | Пинчук, Пинчука, Пинчуком | Pinčuk, Pinčuka, Pinčuku | Pinchuk, Pinchuk’s
Гулевіч, Гулевіча, Гулевічам | Гулевич, Гулевича, Гулевичем | Hulevič, Huleviča, Hulevičam | Hulevich, Gulevich
Мірзаян, Мірзаяна, Мірзаянам | Мирзаян, Мирзаяна, Мирзаяном | Mirzajan, Mirzajana, Mirzajanam | Mirzayan, Mirzaian
Анкуда, Анкуды, Анкуду | Анкуда, Анкуды, Анкуду | Ankuda, Ankudy, Ankudu | Ankuda, Ankuda’s
Шугля, Шуглі, Шуглю | Шугля, Шугли, Шуглю | Šuhla, Šuhli, Šuhlu | Shuhlia, Shuglya
Прыбалтыка, Прыбалтыкі, Прыбалтыку | Прибалтика, Прибалтики, Прибалтику | Prybałtyka, Prybałtyki, Prybałtyku | Prybaltyka, Pribaltika
Столін, Століна, Століне | Столин, Столина, Столине | Stolin, Stolina, Stolinie | Stolin, Stolin’s
Петрыкаў, Петрыкава, Петрыкаве | Петриков, Петрикова, Петрикове | Pietrykaŭ, Pietrykava, Pietrykavie | Petrykau, Petrikov
Добруш, Добруша, Добрушу | Добруш, Добруша, Добруше | Dobruš, Dobruša, Dobrušu | Dobrush, Dobrush’s
Горкі, Горак, Горках | Горки, Горок, Горках | Horki, Horak, Horkach | Horki, Gorki
Крэва, Крэве, Крэвам | Крево | Kreva, Krevie, Krevam | Kreva, Krevo
Хойнікі, Хойнік, Хойніках | Хойники, Хойников, Хойниках | Chojniki, Chojnik, Chojnikach | Khoiniki, Khoyniki
Валожын, Валожына, Валожыне | Воложин, Воложина, Воложине | Vałožyn, Vałožyna, Vałožynie | Valozhyn, Volozhin
Палессе, Палесся, Палессі | Полесье, Полесья, Полесью | Palessie, Palessia, Palessi | Palesse, Polesie
Дняпро, Дняпра, Дняпром | Днепр, Днепра, Днепром | Dniapro, Dniapra, Dniaprom | Dniapro, Dnepr
Прыпяць, Прыпяці, Прыпяццю | Припять, Припяти, Припятью | Prypiać, Prypiaci, Prypiacciu | Prypiats, Pripyat
Нёман, Нёмана, Нёмане | Неман, Немана, Немане | Nioman, Niomana, Niomanie | Nioman, Neman
Гаага, Гаагі, Гаагу | Гаага, Гааги, Гаагу | Haaha, Haahi, Haahu | Haaga, Haaha
Страсбург, Страсбурга, Страсбургу | Страсбург, Страсбурга, Страсбурге | Strasburh, Strasburha, Strasburhu | Strasburg, Strasbourg
Ватыкан, Ватыкана, Ватыкане | Ватикан, Ватикана, Ватикане | Vatykan, Vatykana, Vatykanie | Vatican, Vatikan
Папоў, Папова, Паповым | Попов, Попова, Поповым | Papoŭ, Papova, Papovym | Papou, Popov
Церахаў, Церахава, Церахавым | Терехов, Терехова, Тереховым | Cierachaŭ, Cierachava, Cierachavym | Tserakhau, Terekhov
Ждановіч, Ждановіча, Ждановічам | Жданович, Ждановича, Ждановичем | Ždanovič, Ždanoviča, Ždanovičam | Zhdanovich, Zhdanovich’s
Гарбачоў, Гарбачова, Гарбачовым | Горбачёв, Горбачева, Горбачёвым | Harbačoŭ, Harbačova, Harbačovym | Gorbachev, Harbachou
Сталін, Сталіна, Сталіным | Сталин, Сталина, Сталиным | Stalin, Stalina, Stalinym | Stalin, Stalin’s
Хрушчоў, Хрушчова, Хрушчовым | Хрущёв, Хрущева, Хрущёвым | Chruščoŭ, Chruščova, Chruščovym | Khrushchev, Khrushchou
Курапаты, Курапат, Курапатах | Куропаты, Куропат, Куропатах | Kurapaty, Kurapat, Kurapatach | Kurapaty, Kuropaty
Акрэсціна | Окрестина | Akreścina | Akrestsina, Okrestina
Сапега, Сапегі, Сапегу | Сапега, Сапеги, Сапегу | Sapieha, Sapiehi, Sapiehu | Sapieha, Sapega
Сергяенка, Сергяенку, Сергяенкам | Сергеенко | Siarhiejenka, Siarhiejenku, Siarhiejenkam | Sergeenko, Siarheyenka, Sergeyenko
Ашмяны, Ашмян, Ашмянах | Ошмяны, Ошмян, Ошмянах | Ašmiany, Ašmian, Ašmianach | Ashmyany, Oshmyany, Ashmiany
Вільня, Вільні, Вільню | Вильнюс, Вильнюса, Вильнюсе | Vilnia, Vilni, Vilniu | Vilnius, Vilnius’s
Адэса, Адэсы, Адэсе | Одесса, Одессы, Одессе | Adesa, Adesy, Adesie | Odesa, Odessa
Данецк, Данецка, Данецку | Донецк, Донецка, Донецке | Danieck, Daniecka, Daniecku | Donetsk, Donetsk’s
Крым, Крыма, Крыме | Крым, Крыма, Крыму | Krym, Kryma, Krymie | Crimea, Crimea’s, Crimean
Германія, Германіі, Германію | Германия, Германии, Германию | Hiermanija, Hiermanii, Hiermaniju | Germany, Germany’s
Мерц, Мерца, Мерцам | Мерц, Мерца, Мерцем | Mierc, Mierca, Miercam | Merz, Merz’s
НАТА | НАТО | NATA | NATO, NATO’s
Інтэрпол, Інтэрпола, Інтэрполам | Интерпол, Интерпола, Интерполом | Interpoł, Interpoła, Interpołam | Interpol, Interpol’s
Чарнобыль, Чарнобыля, Чарнобылем | Чернобыль, Чернобыля, Чернобылем | Čarnobyl, Čarnobyla, Čarnobylem | Chernobyl, Chornobyl, Charnobyl
Пракоп’еў, Пракоп’ева, Пракоп’еву | Прокопьев, Прокопьева, Прокопьеву | Prakopjeŭ, Prakopjeva, Prakopjevu | Prakopyeu, Prokopyev, Prokopiev
Сахашчык, Сахашчыка, Сахашчыку | Сахащик, Сахащика, Сахащику | Sachaščyk, Sachaščyka, Sachaščyku | Sakhashchyk, Sakhashchik
Азараў, Азарава, Азараву | Азаров, Азарова, Азарову | Azaraŭ, Azarava, Azaravu | Azarau, Azarov, Azaraŭ
Кавалёва, Кавалёвай, Кавалёву | Ковалёва, Ковалевой, Ковалеву | Kavalova, Kavalovaj, Kavalovu | Kavaliova, Kovaleva, Kovalyova
Ягораў, Ягорава, Ягораву | Егоров, Егорова, Егорову | Jahoraŭ, Jahorava, Jahoravu | Yahorau, Egorov, Yegorov
Шрайбман, Шрайбмана, Шрайбману | Шрайбман, Шрайбмана, Шрайбману | Šrajbman, Šrajbmana, Šrajbmanu | Shraibman, Shraybman
Ціхановіч, Ціхановіча, Ціхановічу | Тиханович, Тихановича, Тихановичу | Cichanovič, Cichanoviča, Cichanoviču | Tsikhanovich, Tikhanovich
Ганцавічы, Ганцавіч, Ганцавічах | Ганцевичи, Ганцевичей, Ганцевичах | Hancavičy, Hancavič, Hancavičach | Hantsavichy, Gantsevichi
Валерый, Валерыя, Валерыю | Валерий, Валерия, Валерию | Valery, Valeryja, Valeryju | Valery, Valeriy
Аркадзь, Аркадзя | Аркадий, Аркадия | Arkadź, Arkadzia | Arkady, Arkadz
Міхаіл, Міхаіла | Михаил, Михаила | Michaił, Michaiła | Mikhail
Павел, Паўла, Паўлу | Павел, Павла, Павлу | Pavieł, Paŭła, Paŭłu | Pavel
Пётр, Пятра, Пятру | Пётр, Петра, Петру | Piotr, Piatra, Piatru | Piotr, Pyotr, Petr
Дзяніс, Дзяніса | Денис, Дениса | Dzianis, Dzianisa | Dzianis, Denis
Віктар, Віктара | Виктор, Виктора | Viktar, Viktara | Viktar, Viktor, Victor
Сцяпан, Сцяпана | Степан, Степана | Ściapan, Ściapana | Stsiapan, Stepan
Марыя, Марыі, Марыю | Мария, Марии, Марию | Maryja, Maryi, Maryju | Maryia, Maria
Аляксей, Аляксея | Алексей, Алексея | Alaksiej, Alaksieja | Aliaksei, Alexei
Андрэй, Андрэя | Андрей, Андрея | Andrej, Andreja | Andrei, Andrey
Максім, Максіма | Максим, Максима | Maksim, Maksima | Maksim, Maxim
Алесь, Алеся | Алесь, Алеся | Aleś, Alesia | Ales
Вераніка, Веранікі, Вераніку | Вероника, Вероники, Веронику | Vieranika, Vieraniki | Veranika, Veronika
Юлія, Юліі, Юлію | Юлия, Юлии, Юлию | Julija, Julii | Yuliya, Yulia, Julia
Павал, Паўла | Павел, Павла | Pavał, Paŭła | Pavel
Франак, Франака | Франак, Франака | Franak, Franaka | Franak
Сафія, Сафіі | София, Софии | Safija, Safii | Safiya, Sofia, Sophia
Якуб, Якуба | Якуб, Якуба | Jakub, Jakuba | Yakub, Jakub
Ксенія, Ксеніі | Ксения, Ксении | Ksienija, Ksienii | Kseniya, Ksenia
Глыбокае, Глыбокага | Глубокое, Глубокого | Hłybokaje, Hłybokaha | Hlybokaye, Glubokoye
Паставы, Пастаў, Паставах | Поставы, Постав, Поставах | Pastavy, Pastaŭ | Pastavy, Postavy
Калінкавічы, Калінкавіч | Калинковичи, Калинковичей | Kalinkavičy, Kalinkavič | Kalinkavichy, Kalinkovichi
Мядзел, Мядзела | Мядель, Мяделя | Miadzieł, Miadzieła | Myadzyel, Miadziel, Myadel
Азёры, Азёр | Озёры, Озёр | Aziory, Azior | Aziory, Ozyory
Вілейка, Вілейкі, Вілейцы | Вилейка, Вилейки, Вилейке | Vilejka, Vilejki, Vilejcy | Vileika, Vileyka
Пекін, Пекіна, Пекіне | Пекин, Пекина, Пекине | Piekin, Piekina, Piekinie | Beijing, Beijing’s
Іспанія, Іспаніі, Іспанію | Испания, Испании, Испанию | Ispanija, Ispanii, Ispaniju | Spain, Spain’s, Spanish
Чэхія, Чэхіі, Чэхію | Чехия, Чехии, Чехию | Čechija, Čechii, Čechiju | Czechia, Czech
Турцыя, Турцыі, Турцыю | Турция, Турции, Турцию | Turcyja, Turcyi, Turcyju | Turkey, Turkey’s, Turkish
Вялікабрытанія, Вялікабрытаніі, Вялікабрытанію | Великобритания, Великобритании, Великобританию | Vialikabrytanija, Vialikabrytanii, Vialikabrytaniju | Britain, Britain’s, British
КДБ | КГБ | KDB | KGB
ЗША | США | ZŠA | USA
ААН | ООН | AAN | UN
`;

/** One word a line in its forms: each must find all. */
export const WORDS = `
новость, новости, новостей, новостям, новостями
выборы, выборов, выборам, выборах
суд, суда, суду, судом, суде, суды, судов
закон, закона, законом, законы, законов, законами
задержание, задержания, задержаний, задержаниях
задержанный, задержанного, задержанных, задержанные
политзаключённый, политзаключённых, политзаключенные, политзаключенного
санкции, санкций, санкциям, санкциями
граница, границы, границе, границу, границей, границ
война, войны, войне, войну, войной
цена, цены, цен, ценами
экономика, экономики, экономике, экономику
беженец, беженца, беженцы, беженцев
президент, президента, президенту, президентом
министр, министра, министром, министры, министров
тюрьма, тюрьмы, тюрьме, тюрьму, тюрем
журналист, журналиста, журналисты, журналистов, журналистам
протест, протеста, протесты, протестов, протестам
дети, детей, детям, детьми
язык, языка, языку, языки, языков
партия, партии, партию, партий, партиями
рубль, рубля, рубли, рублей
зарплата, зарплаты, зарплату, зарплат
пенсия, пенсии, пенсий, пенсию
армия, армии, армию, армией
амнистия, амнистии, амнистию
ракета, ракеты, ракет, ракетами
учитель, учителя, учителей, учителям
больница, больницы, больницу, больнице
навіна, навіны, навіну, навін, навінах
выбары, выбараў, выбарах, выбарам
затрыманне, затрымання, затрыманні, затрыманняў
палітзняволены, палітзняволеных, палітзняволенага, палітзняволенымі
санкцыі, санкцый, санкцыямі
мяжа, мяжы, мяжу, мяжой
вайна, вайны, вайну, вайной, вайне
суддзя, суддзі, суддзю
праваабаронца, праваабаронцы, праваабаронцаў
журналіст, журналіста, журналісты, журналістаў
горад, горада, горадзе, гарады, гарадоў
мова, мовы, мове, мову, мовай
улада, улады, уладзе, уладаў
дзеці, дзяцей, дзецям
школа, школы, школе, школу
эканоміка, эканомікі, эканоміцы, эканоміку
рэспубліка, рэспублікі, рэспубліцы
дарога, дарогі, дарозе, дарогу
год, года, годзе, гады, гадоў
вада, вады, вадзе, ваду
хвароба, хваробы, хваробу, хвароб
кніга, кнігі, кнігу, кніг
настаўнік, настаўніка, настаўнікі, настаўнікаў
турма, турмы, турме, турму, турэм
election, elections
prisoner, prisoners
arrest, arrests, arrested, arresting
vote, votes, voted, voting
party, parties
protest, protests, protested, protesting
plan, plans, planned, planning
sanction, sanctions, sanctioned
border, borders
charge, charges, charged, charging
`;

/** Queries that must find nothing: query ≠ words of a text. */
export const NEAR_MISSES = `
Лука ≠ Лукашенко, Лукашэнка, Łukašenka, Lukashenko, луком, лукавый, лукошко, Лукьянов
Мінск ≠ мінус, міністр, мінскер, мінор, Мінгас
Кім ≠ кіно, кімната, кімано, акім
Путин ≠ путина, путь, путник, путёвка, Распутин, путать
Польша ≠ польза, полька, поле, пользователь, пошлина
Украіна ≠ украсці, крайна, акраіна
Лида ≠ лидер, Лидия, ледник, лидировать
Рига ≠ ригель, рог, ругань
Брест ≠ брестись, бред, арест, Берёза, престол
Орша ≠ орех, оршад, Варшава, хорошо
Гродно ≠ гроздь, грудь, город, огород, гроза
Гомель ≠ гомон, Гомер, гомеопат, гамма
Витебск ≠ витамин, витраж, вития
Могилёв ≠ могила, могилка, могильник
Москва ≠ москит, мост, масса, маска, Москвитин
Россия ≠ роса, россыпь, рост, раса, рассказ
Литва ≠ литр, молитва, литьё, литература, битва
Латвия ≠ латы, ласточка, латынь
Киев ≠ кивать, кий, кино, Киселёв
Варшава ≠ варить, Варшавин, варвар
Вильнюс ≠ вилка, вилы, Вильям
Трамп ≠ трамвай, трамплин, траур, трап, трампист
Туск ≠ тусклый, тоска, туша, спуск
Дуда ≠ дудка, дуть, Дудаев, дуб
Макрон ≠ макароны, макрос, микрон
Орбан ≠ орбита, урбан, орган, барабан
Меркель ≠ меркнуть, мера, мерка
Байден ≠ байдарка, байка, Байкал
Иван ≠ Иванов, Иваненко, Иванович, Ивановский, диван
Петров ≠ Петровский, Пётр, Петра, Петренко, петля
Борисов ≠ Борис, Борисовна, барс
Борис ≠ Борисов, Борисенко, барс
Козлов ≠ Козловский, козёл, Козловая
Карпов ≠ Карпенко, Карп
Роман ≠ романс, Романов, романтика, Румыния
Вера ≠ верность, вероятно, верить, Вероника, веранда
Ковалёв ≠ Коваленко, Ковальчук, коваль
Ковальчук ≠ Ковалёв, Коваленко
Шевчук ≠ Шевченко, Шевцов
Мельник ≠ Мельников, Мельниченко, мельница
Колесникова ≠ колесница, колесо, Колесниченко
Статкевич ≠ статья, статус, статистика, Станкевич
Беляцкий ≠ белый, Беляев, беляш, белка
Бабарико ≠ бабр, баба, барак, Бабаев
Цепкало ≠ цепкий, цепь, цепляться, Чепкало
Тихановская ≠ тихий, Тихонов, тишина, Тихомиров
Макей ≠ макет, мак, Мокеев, Макеевка
Рыженков ≠ рыжий, Рыжков, Рыжов
Головченко ≠ голова, головной, Головач, Голованов
Кочанова ≠ кочан, кочевник, Качалова
Лавров ≠ лавр, лавры, Лавренко, лава, Лавровский
Песков ≠ песок, пески, Песковский, песня
Медведев ≠ медведь, Медведчук, медведица
Шойгу ≠ шайба, шайка
Навальный ≠ навал, наваливать, навязать
Зеленский ≠ зелень, зелёный, зеленеть, Зелинский
Залужный ≠ лужа, залив, загруженный
Порошенко ≠ порошок, порох, Прошенко
Ермак ≠ ярмарка, Ермаков, ермолка
Азаренко ≠ азарт, Назаренко, Захаренко
Соболенко ≠ соболь, Соболев, соболезнование
Алексиевич ≠ Алексей, Алексеев, Алексеевич
Быков ≠ бык, быт, Быковский
Скорина ≠ скорый, скорость, скорлупа
Купала ≠ купать, купол, купюра
Колас ≠ колосник, коляска, голос, класс
суд ≠ судьба, сосуд, сода, сутки, сад, седло, судно, судить
мир ≠ мэр, миф, мор, мера, мирный, Мирон, миска
мэр ≠ мера, море, мир, умер
выборы ≠ выборка, выбыть, вышибала, сборы
новость ≠ новый, новостройка, новатор, ноша
закон ≠ заказ, законный, загон, заклад
война ≠ воин, вой, войско, вина
арест ≠ арестант, Брест, аромат
цена ≠ сцена, ценз, ценник, тема, сено
банк ≠ банкет, банкир, бак, банан
порт ≠ паспорт, портрет, партия, портной, спорт
партия ≠ порт, партнёр, партизан, парта
парад ≠ порода, народ, пора, города
порода ≠ парад, природа, погода
дом ≠ дам, дым, домна, дума
год ≠ гад, ход, гид, Годунов
санкции ≠ санки, санитар, акции
граница ≠ гранит, гранат, страница
завод ≠ заводить, завет, развод, заход
школа ≠ шкаф, скала, шоколад
тюрьма ≠ терем, тюрбан, сурьма
свобода ≠ свод, свадьба, сводка
язык ≠ казак, ящик, музыка
партыя ≠ порт, партрэт
выбары ≠ выбарка, вырабы, зборы
навіна ≠ навука, новы, наваколле, вінаваты
вайна ≠ воін, віна, вайсковец
суддзя ≠ суд, судна, сядзець
мова ≠ мавпа, змова, мора, мыйка
вада ≠ вядро, вадзіць, вадавоз
улада ≠ ладан, уладкаваць, лад
турма ≠ тэрмін, турнір, турыст
праца ≠ працягваць, працяг, прага
Беларусь ≠ белы, Беласток, Белград
Ліда ≠ лідар, лёд, Лідзія
Брэст ≠ брэх, арышт, прэстыж
Полацк ≠ палац, поле, Палтава
Слуцк ≠ служба, слуга, Луцк
Пінск ≠ пінцэт, пінжак, Мінск, Пенза
Луцк ≠ Слуцк, лук, Луканск
Курск ≠ курс, курсы, курсант, куры
Пенза ≠ пенсия, пена
Лукаш ≠ Лукашенко, Лука, Лукашевич
Карпенко ≠ Карпов, карп, Карпенков
Ян ≠ Янаев, янтарь, Янукович, Иван
Лев ≠ Левада, левый, Львов, Ливан
Чалый ≠ чалма, чаша, Чалов
Знак ≠ знание, значить, Знаменка
Волков ≠ волк, Волковский, Волга
Гусев ≠ гусь, Гусинский, гуси
Соколов ≠ сокол, Соколовский
Зайцев ≠ заяц, Зайченко, зайчик
Олег ≠ олень, Оленин, легко
Анна ≠ она, Анатолий, анонс, Анненков
Яна ≠ яма, янтарь, Янковский
Ира ≠ Иран, ирис, Ирак
Иран ≠ Ирак, Ирина, ирония, рана
Ирак ≠ Иран, рак, Ираклий
Китай ≠ кит, китель, Катай
Турция ≠ тур, турист, порция
Грузия ≠ груз, гроза, грузить, грузовик
Чехия ≠ чехол, чешуя, чек
Рим ≠ рис, Римма, ремень, крем
Париж ≠ пари, парик, порез
Берлин ≠ берлога, Мерлин, беркут
Лондон ≠ ландыш, Лэндон, лонжерон
Прага ≠ праздник, порог, прогноз, враг
Женева ≠ жена, женский, Женя
Бахмут ≠ бахрома, бархат
Израиль ≠ изразец, израсходовать
Газа ≠ газета, газон, глаза, газировка
Крым ≠ крем, крик, Крымск, грим
Дания ≠ данные, дань, Даниил, задание
Эстония ≠ эстрада, эскиз
Швеция ≠ Швейцария, швея
Швейцария ≠ Швеция, швейцар
Австрия ≠ Австралия, август
Австралия ≠ Австрия
Словакия ≠ Словения, слово
Словения ≠ Словакия, слово
Minsk ≠ minus, mink, minor, ministry, mince
Lukashenko ≠ Luka, Lukas, Lukashevich, look
Belarus ≠ Belgrade, bell, Belgium
Putin ≠ put, putting, output, Puti
Poland ≠ Holland, pole, poll, land
Tusk ≠ task, dusk, tusked, Tuscany
Duda ≠ dud, Dudayev, dude
Brest ≠ breast, best, Bret, crest
Homel ≠ home, homeless, Homer
Hrodna ≠ Rodnaja, Horodok
trial ≠ trail, tribal, trio, trip
vote ≠ voter, devote, vow
new ≠ news, newt, newspaper
car ≠ care, card, cared, carsick
plan ≠ plane, planet, plant
sport ≠ support, port, spot
party ≠ part, partner, art
protest ≠ protect, protesters, contest
prison ≠ prism, poison, prisoner
court ≠ courtesy, count, courtyard
Viasna ≠ Vienna, vision, Vas
Viasna ≠ веснам, ясно
Trump ≠ trumpet, tramp, triumph, trumpet
EU ≠ Europe, you, queue
UN ≠ uno, under, sun
ЕС ≠ если, лес, есть, вес
ООН ≠ он, сон, зона
США ≠ шаг, уша
НАТО ≠ Наташа, ната, натура
МВД ≠ МИД, вид
МИД ≠ мидия, МВД, гид
КГБ ≠ герб
ТАСС ≠ таз, масса
Сбер ≠ сборы, серб
Надежда ≠ надёжный, одежда, надеяться
Мороз ≠ Морозов, мороженое, мраз
Мазур ≠ Мазуров, Мазурок, мазурка
Савчук ≠ Савченко, Савицкий
Гончар ≠ Гончаров, Гончаренко, гонка
Левченко ≠ Левчук, левый, Левкович
Кравцов ≠ Кравченко, Кравцевич
Тимофей ≠ Тимошенко, Тимур
Марина ≠ Мария, марь, мариновать, марш
Мария ≠ Марина, море, Мариуполь, Марьина
Юрий ≠ юрист, Юрьев, юрта
Виктор ≠ Виктория, викторина, вектор
Павел ≠ Павлов, Павлюк, павлин, повел
Сергей ≠ Сергеев, Сергиенко, серьга
Андрей ≠ Андреев, Андрейченко, Андорра
Александр ≠ Александров, Александрович, Алексей
Алексей ≠ Алекс, Алексеев, Александр
Николай ≠ Николаев, Николаенко, Николь
Максим ≠ максимум, Максимов, максимально
Степан ≠ степь, Степанов, Степаненко
Федута ≠ федерация, фидер, фуфайка
Рябков ≠ рябь, рябой, Рыбаков
Наркевич ≠ нарком, нарколог, Янкевич
Ильяш ≠ Илья, Ильич, Ильюшенко
Щучин ≠ щука, щупать, Лучин
Волковыск ≠ волк, Волков, Волкович
Бобруйск ≠ бобр, Бобров, бобровый
Лепель ≠ лепет, лепить, купель
Болгария ≠ болото, балда, Булгаков
Румыния ≠ румяный, Румянцев, румба
Молдова ≠ молодой, молва, молот
Армения ≠ армия, Арменка, ремень
Казахстан ≠ казак, Казань, Узбекистан
Сирия ≠ серия, Сергий, сирота, Россия
Вагнер ≠ вагон, Ванга, Вангелов
Чёрный ≠ чернила, Чернов, Черненко, чертёж
Хаданович ≠ ходатай, ход, Ходоркович
Венгрия ≠ венок, вена, Венера
Хорватия ≠ хор, хороший, кровать
Канада ≠ канат, канава, кандидат
Япония ≠ японец, пони, ярмо
Куба ≠ кубок, кубический, губа
Мали ≠ малый, Малиновский, маляр
Гана ≠ Ганс, Ганчаров, граната
Индия ≠ индекс, индейка, Индонезия
Корея ≠ корень, коррида, корейка
Ливия ≠ лев, ливень, Литвия
Литовченко ≠ Литва, литовский, Литвинов
Павлов ≠ Павел, Павловский, павлин
Орлов ≠ орёл, Орловский, Орша
Сидоров ≠ Сидоренко, сидр, Сидорович
Фролов ≠ Фрол, Фроленко
Громов ≠ гром, Громыко, Громовик
Белов ≠ белый, Беловежа, Белоусов
Кузьмин ≠ Кузьма, Кузьменко, Кузнецов
Кравченко ≠ Кравцов, кран, Кравчук
Бондаренко ≠ Бондарь, Бондарчук, бонд
Романчук ≠ Роман, Романов, романс
Климович ≠ климат, Клим, Клименко
министр ≠ министерство, минор, монстр
президент ≠ резидент, прецедент, президиум
премьер ≠ премьера, пример, премия
депутат ≠ депутация, диспут, депо
армия ≠ Армения, армада, ария
оппозиция ≠ позиция, экспозиция
протест ≠ протестант, протез, тест
забастовка ≠ заставка, бастион
тариф ≠ татарин, трафик
рубль ≠ рубить, рубеж, рупор
доллар ≠ долг, доля, долина
нефть ≠ нефрит, лифт, нить
газ ≠ газета, глаз, газон, Газа
соль ≠ соло, солист, солдат
хлеб ≠ хлев, Глеб, хлопок
врач ≠ враг, вратарь, грач
учитель ≠ училище, учёный, мучитель
погода ≠ порода, год, пагода
снег ≠ снедь, снимок, смех
поезд ≠ поездка, подъезд, съезд
самолёт ≠ самосвал, салют, самовар
граніца ≠ граніт, гранат, старонка
суд ≠ сусед, сада, судна
хата ≠ хатні, вата, халат
вёска ≠ віск, весці, воск
горад ≠ гарод, гародніна, гром
дзеці ≠ дзед, дзень, дзея
людзі ≠ лод, лад, люты
грошы ≠ груша, гараж, гром
песня ≠ пес, песенны, пень
кніга ≠ князь, кнопка, ніва
election ≠ electric, electron, elective
police ≠ polite, policy, pole
border ≠ board, bored, bordeaux
army ≠ arm, Armenia, arms
bank ≠ bang, bankrupt, tank
news ≠ new, newt, noose
minister ≠ ministry, mini, mister
Poland ≠ polite, Polonia, polar
Navalny ≠ naval, Novak, navy
Sviatlana ≠ Sviatoslav, Slava, Svetlov
Мацкевич ≠ мацони, Мацуев, Малкевич
Чалый ≠ чай, начало, чалить
Пинчук ≠ пинать, Пинск, Гринчук
Столин ≠ стол, столица, Сталин, столик
Сталин ≠ сталь, стальной, стали, Столин
Горки ≠ горе, горький, гордый
Днепр ≠ дно, непер, днём
Неман ≠ немец, немой, Леман
Попов ≠ поп, Поповский, Поповичев, попа
Жданович ≠ ждать, Жданов, Данович
Хрущёв ≠ хруст, хрупкий, хрущ
Ватикан ≠ вата, вакцина, пеликан
Папа ≠ папка, папуас, пампа
Костёл ≠ костёр, кость, костюм
Дождь ≠ дожить, вождь, дождаться
Белсат ≠ белый, сатира, бельё
Зеркало ≠ зерно, зеркальный, мерцало
Радыё ≠ радасць, рада, радыкал
Свабода ≠ свабодны, свой, сват
Наша Ніва ≠ наша нівеліроўка, ваша ніва, наша навіна
Позірк ≠ пазіраць, позні
налог ≠ наложить, залог, аналог
штраф ≠ шторм, страх, шрифт
обыск ≠ иск, поиск, обычный
приговор ≠ пригород, говор, договор
колония ≠ колонна, колонка, Колонтай
обмен ≠ обман, измена, замена
виза ≠ вызов, визит, низ
мост ≠ место, масть, мастер
полиция ≠ позиция, полис, милиция
милиция ≠ миля, полиция, милый
прокурор ≠ прокуратура, прокат
адвокат ≠ авокадо, адвент
страна ≠ сторона, странный, страница
народ ≠ наряд, парад, уродливый
правда ≠ право, правый, неправедный
право ≠ правда, правило, правительство
власть ≠ владеть, сласть, волость
Беларусы ≠ белые, Белосток
мігрант ≠ міграцыя, гранат, мінерал
турыст ≠ тур, турыцкі, тэрарыст
хакей ≠ хакер, акей, лакей
футбол ≠ футболка, баскетбол
Ukraine ≠ Ukrop, crane, unkind
Warsaw ≠ war, wars, warship
Vilnius ≠ villa, villain, vision
Kyiv ≠ key, kick, Kyoto
Moscow ≠ mosque, mascot, cow
strike ≠ string, stripe, trike
opposition ≠ position, opposite
Мерц ≠ мерцать, мерцание, март, March, мертвец
Кіеў ≠ кіёск, киоск, кино, кій
Літва ≠ літаратура, литр, молитва, малітва, літары
Латвія ≠ лата, латать, латынь
Германія ≠ герметычны, Гермес, germ, гармонія, гармония
Быкаў ≠ бык, былы, бывший, бычок
Лаўроў ≠ лаўрэат, лауреат, лава, ловля
Пяскоў ≠ песок, песня, пескарь, песенный
Кадыраў ≠ кадры, кадровы, кадровый, cadre
Азараў ≠ азарт, азартны, озеро, азартный
Вясна ≠ веснушки, весомый, веслы, весть
Вільня ≠ вільгаць, вилка, Вильгельм, вилы
Адэса ≠ адрас, адрес, одеяло, одежда, address
Данецк ≠ данные, даныя, Липецк, дантыст, дань
Сапега ≠ сапог, сапёр, сапфир
Турчин ≠ Турция, турчанка, турецкий, турист
Хренин ≠ хрен, хроника, хранение
Снопков ≠ сноп, сноуборд, снобы
Жодино ≠ ждать, жадина, жадно, ожидание
Мозырь ≠ музыка, мозг, мазь, мозоль
Несвиж ≠ несвежий, невежа, свежий
Островец ≠ остров, островок, острый
Чернобыль ≠ чёрный, чернила, Чернигов, чернозём
Солигорск ≠ соль, солист, Светлогорск, Солнечногорск
Светлагорск ≠ Зеленогорск, светлый, Салігорск
Новополоцк ≠ новый, Новогрудок, Новосибирск
Полоцк ≠ полотно, полк, полоса, Слуцк
Барановичи ≠ баран, барон, Борисевичи, бараны
Молодечно ≠ молодёжь, молодой, молодец
Куропаты ≠ куропатка, куропатки, курорт, куры
Окрестина ≠ окрестности, крестины, окрестный
Навроцкий ≠ навряд, нарочный, наврать
Прыгожын ≠ прыгожы, прыгожая, прыгажуня, пригожий, прыгожым, прыгожыя
Калеснікава ≠ калёсы, калесніца, Калінкавічы, колесница
Галоўчанка ≠ галоўны, галава, головной, Головин
Качанава ≠ качан, качаны, качаць, качать
Тертель ≠ тертый, торты, картель, картэль
Интерпол ≠ интерпретация, интервал, Интерфакс, интернет
Белавія ≠ авиация, Боливия, Балівія, Белавежа
Эйсмант ≠ эйфория, Эйзенхауэр
Ковалёва ≠ Ковалевский, коваль, Коваленко
Сахащик ≠ сахар, Захарчик, Сахалин
Каліноўскі ≠ калина, каліна, Калінінград, Калиновка
Рыжанкоў ≠ рыжы, рыжики, рыжая
Кубраков ≠ кубок, кубик, Кобрин
Эрдоган ≠ эрудит, орган, эрзац
Мельнікава ≠ мельница, мельнік, Мельниченко
Ціхановіч ≠ Ціханоўская, Тихановская, тихий, Ціханаў
Одесса ≠ одержать, одетый
Вячорка ≠ вечер, вечерка, вечар, вячэра
Беларуськалий ≠ Беларусь, белорусский, калий
війна ≠ вина, вино
`;

/** A sentence of the language of a column of `NAMES`, with the name inside. */
export const SENTENCES: readonly ((name: string) => string)[] = [
  (name) => `Па словах відавочцаў, ${name} яшчэ ў зале, і гэта бачылі ўсе.`,
  (name) => `По словам очевидцев, ${name} ещё в зале, и это видели все.`,
  (name) => `Pavodle śviedkaŭ, ${name} jašče ŭ zale, i heta bačyli ŭsie.`,
  (name) => `According to witnesses, ${name} is still there, and all saw it.`,
];

export const linesOf = (table: string): readonly string[] => table.trim().split('\n');

/** The forms of a name, a row for each spelling. */
export const formsOf = (line: string): readonly (readonly string[])[] =>
  line.split(' | ').map((cell) => cell.split(', '));

/** The sentence that suits the language of a single word. */
export function sentenceFor(word: string): string {
  const column = /[a-z]/iu.test(word) ? 3 : /[іўэ]|дз|ц[ьёюя]|ыя$/iu.test(word) ? 0 : 1;
  return SENTENCES[column]?.(word) ?? word;
}
