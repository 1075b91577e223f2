/** Sentences with the newsroom's name, and as an editor would write them without it: `named → neutral`; in brackets: the words of a link. */

export const NEUTRAL = {
  be: `
Пра гэта агенцтву «Позірк» паведаміў чытач. → Пра гэта агенцтву паведаміў чытач.
Відэа «Позірк» апублікаваў учора. → Відэа партал апублікаваў учора.
Цану «Позірк» павысіў летась. → Цану партал павысіў летась.
Цана «Позірк» вырасла летась. → Цана партала вырасла летась.
«Позірк» даведаўся пра гэта першым. → Партал даведаўся пра гэта першым.
Позірк даведаўся пра гэта першым. → Партал даведаўся пра гэта першым.
«Позірк працуе далей», — сказаў рэдактар. → «Партал працуе далей», — сказаў рэдактар.
Рэдактар сказаў: «Позірк працуе далей». → Рэдактар сказаў: «Партал працуе далей».
Яго вызвалілі. Позірк піша пра суд. → Яго вызвалілі. Партал піша пра суд.
Яго вызвалілі! «Позірк» піша пра суд. → Яго вызвалілі! Партал піша пра суд.
Ён напісаў «Позірку». → Ён напісаў парталу.
Ён напісаў Позірку ліст. → Ён напісаў парталу ліст.
У Позірку кажуць, што працуюць далей. → У партале кажуць, што працуюць далей.
У «Позірку» кажуць, што працуюць далей. → У партале кажуць, што працуюць далей.
Артыкул з’явіўся на «Позірку» ўчора. → Артыкул з’явіўся на партале ўчора.
Навіны Позірка чытаюць усе. → Навіны партала чытаюць усе.
Журналіст «Позірка» прыехаў у Гродна. → Журналіст партала прыехаў у Гродна.
Журналіст «Позірк» прыехаў у Гродна. → Журналіст партала прыехаў у Гродна.
Рэдакцыя «Позірка» атрымала ліст. → Рэдакцыя партала атрымала ліст.
Рэдакцыя агенцтва «Позірк» атрымала ліст. → Рэдакцыя агенцтва атрымала ліст.
Ён размаўляў з «Позіркам» пра турму. → Ён размаўляў з парталам пра турму.
Паводле «Позірка», суд адклалі. → Паводле партала, суд адклалі.
Паводле «Позірк», суд адклалі. → Паводле партала, суд адклалі.
Як піша «Позірк», суд адклалі. → Як піша партал, суд адклалі.
Як паведаміў Позірк, суд адклалі. → Як паведаміў партал, суд адклалі.
Пра гэта піша «Позірк». → Пра гэта піша партал.
Пра «Позірк» гаварылі на судзе. → Пра партал гаварылі на судзе.
Спасылка на «Позірк» стала доказам. → Спасылка на партал стала доказам.
Матэрыялы прызналі экстрэмісцкімі. «Позірк» працуе з-за мяжы. → Матэрыялы прызналі экстрэмісцкімі. Партал працуе з-за мяжы.
Выданне «Позірк» паведаміла падрабязнасці. → Выданне паведаміла падрабязнасці.
Партал «Позірк» паведаміў падрабязнасці. → Партал паведаміў падрабязнасці.
На сайце «Позірка» з’явіўся спіс. → На сайце з’явіўся спіс.
На pozirk.online з’явіўся спіс. → На сайце з’явіўся спіс.
Сайт pozirk.online заблакаваны. → Сайт заблакаваны.
Чытайце на pozirk.online падрабязнасці. → Чытайце на сайце падрабязнасці.
Падрабязнасці: https://pozirk.online/be/news/123 ці ў канале. → Падрабязнасці: сайт ці ў канале.
Суразмоўца «Позірка» бачыў гэта сам. → Суразмоўца партала бачыў гэта сам.
Крыніца Позірка ў суддзе. → Крыніца партала ў суддзе.
— Позірк усё ведае, — кажа яна. → — Партал усё ведае, — кажа яна.
Ён кінуў позірк на дзверы. → Ён кінуў позірк на дзверы.
На першы позірк усё спакойна. → На першы позірк усё спакойна.
Яе позіркам сустрэлі моўчкі. → Яе позіркам сустрэлі моўчкі.
Для «Позірка» гэта не навіна. → Для партала гэта не навіна.
Для «Позірк» гэта не навіна. → Для партала гэта не навіна.
Без Позірка мы б не ведалі. → Без партала мы б не ведалі.
Ён прыйшоў у «Позірк» у 2022 г. Позірк тады быў новы. → Ён прыйшоў у партал у 2022 г. Партал тады быў новы.
У 2022 г. Позірк пераехаў у Вільню. → У 2022 г. партал пераехаў у Вільню.
Чытачы «Позірка» даслалі фота. → Чытачы партала даслалі фота.
Фота чытача «Позірка» → Фота чытача партала
«Наша Ніва» і «Позірк» пішуць пра адно. → «Наша Ніва» і партал пішуць пра адно.
Газета «Новы час», «Позірк» і «Белсат» асуджаныя. → Газета «Новы час», партал і «Белсат» асуджаныя.
Каманда «Позірка» адзначае свята. → Каманда партала адзначае свята.
ПОЗІРК ПРАЦУЕ ДАЛЕЙ → ПАРТАЛ ПРАЦУЕ ДАЛЕЙ
Падпісчыкі Позірка атрымаюць ліст. → Падпісчыкі партала атрымаюць ліст.
“Позірк” даведаўся імёны. → Партал даведаўся імёны.
"Позірк" даведаўся імёны. → Партал даведаўся імёны.
Гэта пацвердзіў Позірк… Позірк чакае адказу. → Гэта пацвердзіў партал… Партал чакае адказу.
Што адказаў «Позірк»? → Што адказаў партал?
Падпішыцеся на канал «Позірк»! → Падпішыцеся на канал!
Ці чытаеце вы «Позірк»? «Так». → Ці чытаеце вы партал? «Так».
Дзякуючы «Позірку» пра гэта ведаюць. → Дзякуючы парталу пра гэта ведаюць.
Супрацоўніца «Позірка» вярнулася дадому. → Супрацоўніца партала вярнулася дадому.
Аглядальнік (былы рэдактар «Позірка») не адказаў. → Аглядальнік (былы рэдактар партала) не адказаў.
По інфармацыі «Позірк» суд адклалі. → По інфармацыі партала суд адклалі.
Паводле інфармацыі «Позірк», іх сто. → Паводле інфармацыі партала, іх сто.
Заснавальніца «Позірк» не адказала. → Заснавальніца партала не адказала.
У паведамленні «Позірк» сказана больш. → У паведамленні партала сказана больш.
Пра гэта паведамляе «Позірк». → Пра гэта паведамляе партал.
Прэс-служба «Позірк» адказала. → Прэс-служба партала адказала.
Сайты «Позірка» і «Люстэрка» заблакаваныя. → Сайты партала і «Люстэрка» заблакаваныя.
На сайце «Позірка» і «Люстэрка» з’явіўся спіс. → На сайце і «Люстэрка» з’явіўся спіс.
Раней агенцтва [«Позірк» пісала] пра гэта. → Раней [агенцтва пісала] пра гэта.
Як піша «[Позірк]», суд адклалі. → Як піша [партал], суд адклалі.
У [«Позірку»] кажуць. → У [партале] кажуць.
На [pozirk.online] з’явіўся спіс. → На [сайце] з’явіўся спіс.
[Позірк піша] пра суд. → [Партал піша] пра суд.
Суд адклалі. [«Позірк»] піша пра гэта. → Суд адклалі. [Партал] піша пра гэта.
«Позiрк» піша пра суд. → Партал піша пра суд.
По́зірка чытаюць усе. → Партала чытаюць усе.
ПОЗIРК ПРАЦУЕ → ПАРТАЛ ПРАЦУЕ
Пішыце на info@pozirk.online заўсёды. → Пішыце на сайт заўсёды.
Канал t.me/pozirk_online працуе. → Канал працуе.
У аг. Позірк нікога няма. → У аг. партал нікога няма.
Падпішыцеся на «Позірк» у Telegram. → Падпішыцеся на партал у Telegram.
Ліст у «Позірк» прыйшоў учора. → Ліст у партал прыйшоў учора.
Перайдзіце на pozirk.online зараз. → Перайдзіце на сайт зараз.
Іск на «Позірк» адхілілі. → Іск на партал адхілілі.
Раней у лістападзе ў «Позірку» пісалі. → Раней у лістападзе ў партале пісалі.
Напісаў на «Позірку» аглядальнік. → Напісаў на партале аглядальнік.
Журналіст «Позірк» у Вільні. → Журналіст партала ў Вільні.
Агенцтва «Позірк» у Вільні. → Агенцтва ў Вільні.
Сайт pozirk.online ўчора не працаваў. → Сайт учора не працаваў.
Журналіст [«Позірк»] у Вільні. → Журналіст [партала] ў Вільні.
Журналісты «Позірку» чакаюць. → Журналісты партала чакаюць.
У інтэрв’ю «Позірку» ён сказаў. → У інтэрв’ю парталу ён сказаў.
Падпісацца на POZIRK+ можна тут. → Падпісацца на партал можна тут.
Чытайце (https://pozirk.online/be/news/1). → Чытайце (сайт).
Чытайце https://pozirk.online/be/news/1, а потым t.me/pozirk_online/5! → Чытайце сайт, а потым сайт!
Кошт POZIRK+ вырас. → Кошт партала вырас.
Кошт «POZIRK+» вырас. → Кошт партала вырас.
Версія POZIRK+ без рэкламы. → Версія партала без рэкламы.
Перавагі POZIRK+ відавочныя. → Перавагі партала відавочныя.
Журналіст POZIRK затрыманы. → Журналіст партала затрыманы.
Рэдактар Позірк/Pozirk сказаў. → Рэдактар партала сказаў.
Агенцтва Позірк (Pozirk) паведаміла. → Агенцтва паведаміла.
«Позірк» (Pozirk) паведаміў. → Партал паведаміў.
Выданне «Позірк» (BPN) паведаміла. → Выданне паведаміла.
Агенцтва «Позірк» (Pozirk.online) паведаміла. → Агенцтва паведаміла.
Гісторыя «Позірку» пачалася ў 2022-м. → Гісторыя партала пачалася ў 2022-м.
ПОЗІРК: суд адклалі. → Партал: суд адклалі.
Фота: POZIRK → Фота: партал
POZIRK ПАВЕДАМІЎ ПРА СУД → ПАРТАЛ ПАВЕДАМІЎ ПРА СУД
#Позірк піша пра гэта. → Партал піша пра гэта.
Pozirk.Online даведаўся першым. → Сайт даведаўся першым.
`,
  ru: `
Так сказал «Позірк». → Так сказал портал.
«Позірк» узнал об этом первым. → Портал узнал об этом первым.
Позірк узнал об этом первым. → Портал узнал об этом первым.
«Позірк работает дальше», — сказал редактор. → «Портал работает дальше», — сказал редактор.
Редактор сказал: «Позірк работает дальше». → Редактор сказал: «Портал работает дальше».
Его освободили. Позірк пишет о суде. → Его освободили. Портал пишет о суде.
Его освободили! «Позірк» пишет о суде. → Его освободили! Портал пишет о суде.
Агентству «Позірк» об этом сообщил читатель. → Агентству об этом сообщил читатель.
Об этом агентство «Позірк» узнало вчера. → Об этом агентство узнало вчера.
Он написал «Позірку». → Он написал порталу.
В «Позірке» говорят, что работают дальше. → В портале говорят, что работают дальше.
В «Позірк» говорят, что работают дальше. → В портале говорят, что работают дальше.
Новости «Позірка» читают все. → Новости портала читают все.
Новости «Позірк» читают все. → Новости портала читают все.
Журналист «Позірка» приехал в Гродно. → Журналист портала приехал в Гродно.
Журналистка «Позірк» приехала в Гродно. → Журналистка портала приехала в Гродно.
Редакция «Позірка» получила письмо. → Редакция портала получила письмо.
Он говорил с «Позірком» о тюрьме. → Он говорил с порталом о тюрьме.
Он говорил с «Позірк» о тюрьме. → Он говорил с порталом о тюрьме.
По данным «Позірка», суд отложили. → По данным портала, суд отложили.
По данным «Позірк», суд отложили. → По данным портала, суд отложили.
По подсчётам «Позірк», их сто. → По подсчётам портала, их сто.
Как пишет «Позірк», суд отложили. → Как пишет портал, суд отложили.
Как сообщил Позірк, суд отложили. → Как сообщил портал, суд отложили.
Об этом пишет «Позірк». → Об этом пишет портал.
О «Позірке» говорили на суде. → О портале говорили на суде.
Издание «Позірк» сообщило подробности. → Издание сообщило подробности.
Портал «Позірк» сообщил подробности. → Портал сообщил подробности.
На сайте «Позірка» появился список. → На сайте появился список.
На pozirk.online появился список. → На сайте появился список.
Сайт pozirk.online заблокирован. → Сайт заблокирован.
Подробности: https://pozirk.online/ru/news/123 или в канале. → Подробности: сайт или в канале.
Собеседник «Позірка» видел это сам. → Собеседник портала видел это сам.
Источник Позірка в суде. → Источник портала в суде.
— Позірк всё знает, — говорит она. → — Портал всё знает, — говорит она.
Для «Позірка» это не новость. → Для портала это не новость.
Для «Позірк» это не новость. → Для портала это не новость.
Без Позірка мы бы не знали. → Без портала мы бы не знали.
В 2022 г. Позірк переехал в Вильнюс. → В 2022 г. портал переехал в Вильнюс.
Читатели «Позірка» прислали фото. → Читатели портала прислали фото.
«Наша Ніва» и «Позірк» пишут об одном. → «Наша Ніва» и портал пишут об одном.
Газета «Новы час», «Позірк» и «Белсат» осуждены. → Газета «Новы час», портал и «Белсат» осуждены.
Команда «Позірка» отмечает праздник. → Команда портала отмечает праздник.
ПОЗІРК РАБОТАЕТ ДАЛЬШЕ → ПОРТАЛ РАБОТАЕТ ДАЛЬШЕ
Подписчики Позірка получат письмо. → Подписчики портала получат письмо.
"Позірк" узнал имена. → Портал узнал имена.
“Позірк” узнал имена. → Портал узнал имена.
Это подтвердил Позірк… Позірк ждёт ответа. → Это подтвердил портал… Портал ждёт ответа.
Что ответил «Позірк»? → Что ответил портал?
Подпишитесь на канал «Позірк»! → Подпишитесь на канал!
Читаете ли вы «Позірк»? «Да». → Читаете ли вы портал? «Да».
Благодаря «Позірку» об этом знают. → Благодаря порталу об этом знают.
Сотрудница «Позірка» вернулась домой. → Сотрудница портала вернулась домой.
Обозреватель (бывший редактор «Позірка») не ответил. → Обозреватель (бывший редактор портала) не ответил.
В интервью «Позірку» он сказал больше. → В интервью порталу он сказал больше.
Материал «Позірка» признали экстремистским. → Материал портала признали экстремистским.
Из «Позірка» ушли двое. → Из портала ушли двое.
Между «Позірком» и судом нет спора. → Между порталом и судом нет спора.
При «Позірке» работает школа. → При портале работает школа.
К «Позірку» пришли с обыском. → К порталу пришли с обыском.
По информации «Позірк», их сто. → По информации портала, их сто.
Аналитик «Позірк» не ответил. → Аналитик портала не ответил.
Основательница «Позірк» не ответила. → Основательница портала не ответила.
Руководитель «Позірк» не ответил. → Руководитель портала не ответил.
В комментарии «Позірк» сказано больше. → В комментарии портала сказано больше.
Деятельность «Позірк» признали экстремистской. → Деятельность портала признали экстремистской.
Это показал мониторинг «Позірк». → Это показал мониторинг портала.
Об этом заявил «Позірк». → Об этом заявил портал.
Сайты «Позірка» и «Зеркала» заблокированы. → Сайты портала и «Зеркала» заблокированы.
Портал «Позірк» и «Зеркало» заблокированы. → Портал и «Зеркало» заблокированы.
Об этом сообщило [агентство «Позірк»]. → Об этом сообщило [агентство].
Об этом сообщило агентство [«Позірк»]. → Об этом сообщило [агентство].
В [Позірке] говорят. → В [портале] говорят.
По данным [«Позірк»], их сто. → По данным [портала], их сто.
Адрес pozirk@proton.me работает. → Адрес сайт работает.
Ссылка https://t.me/s/pozirk_online?x=1 работает. → Ссылка сайт работает.
Подпишитесь на «Позірк» в Telegram. → Подпишитесь на портал в Telegram.
Письмо в «Позірк» пришло вчера. → Письмо в портал пришло вчера.
Перейдите на pozirk.online сейчас. → Перейдите на сайт сейчас.
Он искал в «Позірк» работу. → Он искал в портале работу.
Согласно «Позірку», суд отложили. → Согласно порталу, суд отложили.
Согласно «Позірк», суд отложили. → Согласно порталу, суд отложили.
Подписаться на POZIRK+ можно здесь. → Подписаться на портал можно здесь.
Цена POZIRK+ выросла. → Цена портала выросла.
Стоимость POZIRK+ выросла. → Стоимость портала выросла.
«Позірк» (Pozirk) сообщил. → Портал сообщил.
Агентство Позірк (Pozirk) сообщило. → Агентство сообщило.
История «Позірк» началась в 2022-м. → История портала началась в 2022-м.
Фото: POZIRK → Фото: портал
ПОЗИРК: суд отложили. → Портал: суд отложили.
`,
  en: `
A reader told Pozirk. → A reader told the agency.
Pozirk learned it first. → The agency learned it first.
“Pozirk goes on working,” its editor said. → “The agency goes on working,” its editor said.
Its editor said: “Pozirk goes on working.” → Its editor said: “The agency goes on working.”
He was freed. Pozirk was at the gate. → He was freed. The agency was at the gate.
A Pozirk journalist was freed. → An agency journalist was freed.
The Pozirk journalist was freed. → The agency journalist was freed.
Pozirk journalists were freed. → The agency’s journalists were freed.
Two Pozirk journalists were freed. → Two agency journalists were freed.
A former Pozirk editor was freed. → A former agency editor was freed.
The Pozirk news agency confirmed it. → The news agency confirmed it.
Pozirk news agency confirmed it. → The news agency confirmed it.
The news agency Pozirk confirmed it. → The news agency confirmed it.
The independent news outlet Pozirk confirmed it. → The independent news outlet confirmed it.
The agency Pozirk confirmed it. → The agency confirmed it.
The Belarusian news website Pozirk confirmed it. → The Belarusian news website confirmed it.
Pozirk’s editor confirmed it. → The agency’s editor confirmed it.
Pozirk's editor confirmed it. → The agency's editor confirmed it.
He spoke to Pozirk’s correspondent. → He spoke to the agency’s correspondent.
He spoke to a Pozirk correspondent. → He spoke to an agency correspondent.
As Pozirk reported, the trial was put off. → As the agency reported, the trial was put off.
According to Pozirk, the trial was put off. → According to the agency, the trial was put off.
The trial was put off, Pozirk reports. → The trial was put off, the agency reports.
The list appeared on pozirk.online. → The list appeared on the website.
Read more at https://pozirk.online/en/news/123 or in the channel. → Read more at the website or in the channel.
The website pozirk.online is blocked. → The website is blocked.
Pozirk, an independent outlet, works from abroad. → The agency, an independent outlet, works from abroad.
What did Pozirk answer? → What did the agency answer?
Was it Pozirk? Pozirk says no. → Was it the agency? The agency says no.
It was so! Pozirk was there. → It was so! The agency was there.
POZIRK GOES ON → THE AGENCY GOES ON
“Pozirk” is its name. → The agency is its name.
"Pozirk" is its name. → The agency is its name.
Both Pozirk and Nasha Niva wrote about it. → Both the agency and Nasha Niva wrote about it.
Nasha Niva and Pozirk wrote about it. → Nasha Niva and the agency wrote about it.
Nasha Niva, Pozirk and Belsat were named. → Nasha Niva, the agency and Belsat were named.
In an interview with Pozirk he said more. → In an interview with the agency he said more.
In a Pozirk interview he said more. → In an agency interview he said more.
Pozirk’s staff are abroad. → The agency’s staff are abroad.
Pozirk staff are abroad. → The agency’s staff are abroad.
The Pozirk team is abroad. → The agency team is abroad.
Another Pozirk reporter was fined. → Another agency reporter was fined.
Subscribers of Pozirk got a letter. → Subscribers of the agency got a letter.
Pozirk subscribers got a letter. → The agency’s subscribers got a letter.
He said it in Minsk, and Pozirk wrote it down. → He said it in Minsk, and the agency wrote it down.
No Pozirk journalist was there. → No agency journalist was there.
Photo by Pozirk → Photo by the agency
(Pozirk could not verify it.) → (The agency could not verify it.)
“We read Pozirk,” she said. → “We read the agency,” she said.
“We trust it.” Pozirk asked why. → “We trust it.” The agency asked why.
That Pozirk story was false, they claimed. → That agency story was false, they claimed.
He works for Pozirk. → He works for the agency.
He left Pozirk in May. → He left the agency in May.
Pozirk has asked Mr. Smith. → The agency has asked Mr. Smith.
Pozirk: no comment. → The agency: no comment.
The portal Pozirk was blocked. → The portal was blocked.
Telegram told Pozirk nothing. → Telegram told the agency nothing.
For Pozirk, it is no news. → For the agency, it is no news.
Without Pozirk we would not know. → Without the agency we would not know.
Pozirk readers sent photos. → The agency’s readers sent photos.
A [Pozirk journalist] was freed. → An [agency journalist] was freed.
[Pozirk reported] about it. → [The agency reported] about it.
As the agency [Pozirk] wrote, it was so. → As the [agency] wrote, it was so.
It is so, [Pozirk] wrote. → It is so, [the agency] wrote.
The [Pozirk] news agency wrote. → The news agency wrote.
Jailed Pozirk journalist freed → Jailed agency journalist freed
A freelance Pozirk journalist was freed. → A freelance agency journalist was freed.
It was his last Pozirk article. → It was his last agency article.
He told Pozirk journalists more. → He told agency journalists more.
He spoke with Pozirk journalists. → He spoke with the agency’s journalists.
It was said by the independent Pozirk news agency. → It was said by the independent news agency.
The exiled Pozirk news agency said so. → The exiled news agency said so.
The court blocked Pozirk news agency. → The court blocked the news agency.
The independent Pozirk wrote about it. → The independent agency wrote about it.
Each Pozirk report is checked. → Each agency report is checked.
Now Pozirk reports more. → Now the agency reports more.
An ex-Pozirk journalist was freed. → An ex-agency journalist was freed.
They read non-Pozirk media. → They read non-agency media.
Veteran Pozirk editor speaks → Veteran agency editor speaks
Write to info@pozirk.online or call. → Write to the website or call.
The pozirk.online website is blocked. → The website is blocked.
Belarus’s Pozirk agency said so. → Belarus’s agency said so.
It was the only Pozirk there. → It was the only agency there.
Pozirk-affiliated media wrote about it. → Agency-affiliated media wrote about it.
A Pozirk-led project began. → An agency-led project began.
Her Pozirk colleague was freed. → Her agency colleague was freed.
His Pozirk was blocked. → His agency was blocked.
He told her Pozirk was blocked. → He told her the agency was blocked.
It’s Pozirk that said so. → It’s the agency that said so.
It went to POZIRK+ subscribers. → It went to the agency’s subscribers.
The Pozirk newspaper reports. → The newspaper reports.
See https://pozirk.online/en/news/1. Then write. → See the website. Then write.
POZIRK's editor spoke. → The agency's editor spoke.
Pozirk (Позірк) reported it. → The agency reported it.
Pozirk (pozirk.online) reported it. → The agency reported it.
Pozirk/BPN reported it. → The agency reported it.
Photo: POZIRK → Photo: the agency
Two POZIRK reporters detained → Two agency reporters detained
POZIRK REPORTER DETAINED IN MINSK → THE AGENCY’S REPORTER DETAINED IN MINSK
#Pozirk reported. → The agency reported.
Pozirk.online’s editor spoke. → The website’s editor spoke.
`,
} as const;
