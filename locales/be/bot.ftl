# Прывітанне і падпіска
start-greeting = Навіны { -agency } — у Telegram, без VPN. Абярыце мову — і я буду дасылаць навіны сюды.
start-greeting-neutral = Навіны ў Telegram, без VPN. Абярыце мову — і я буду дасылаць іх сюды.
start-true-bot = Сапраўдны бот — @{ $username }. Бот пад іншым імем — не наш.
start-official = Каб не памыліцца, адкрывайце яго праз гэтую спасылку: { $link }
start-link = Навіны { -agency } — у Telegram, без VPN, па-беларуску.
start-link-neutral = Навіны ў Telegram, без VPN, па-беларуску.
start-ask = У гэтым чаце ўсё па-беларуску. Змяніць мову?
start-story-gone = Гэтай навіны тут ужо няма.
start-story-offer = Магу дасылаць такія навіны сюды, як толькі яны выходзяць.
subscribed = Гатова. Навіны будуць прыходзіць па-беларуску.
subscribed-already = Вы падпісаныя: навіны прыходзяць па-беларуску.
subscribed-keep =
    { $hours ->
        [one] Пакуль я працую, тут усё знікае не пазней чым праз { $hours } гадзіну: і мае паведамленні, і вашы каманды.
        [few] Пакуль я працую, тут усё знікае не пазней чым праз { $hours } гадзіны: і мае паведамленні, і вашы каманды.
        [many] Пакуль я працую, тут усё знікае не пазней чым праз { $hours } гадзін: і мае паведамленні, і вашы каманды.
       *[other] Пакуль я працую, тут усё знікае не пазней чым праз { $hours } гадзіны: і мае паведамленні, і вашы каманды.
    }
subscribed-more = Наладзіць: /settings
subscribe-usage = Трэба так: /subscribe be. Мовы: be, ru і en.
edition-off = Навін па-беларуску ў гэтага бота няма. Абярыце іншую мову.
subscribe-first = Гэта запрацуе, калі вы падпішацеся.
unsubscribed = Навіны больш не прыходзяць. Налады захоўваю яшчэ 30 дзён або да /forget.
unsubscribe-not = Гэты чат не падпісаны.
language-ask = Абярыце мову, на якой будуць навіны і каманды.
language-done = Гатова. Цяпер усё па-беларуску.
language-off = Адказваю цяпер па-беларуску, але навін па-беларуску тут няма. Абярыце мову навін.
language-usage = Трэба так: /language be. Мовы: be, ru і en.

# Спісы навін
latest-none = Навін пакуль няма.
latest-usage = Трэба так: /latest 5. Лік — ад 1 да 10.
search-title = Знайшлося: { $words }
search-none = Нічога не знайшлося: { $words }
search-usage = Трэба так: /search Гродна
list-end = Далей нічога няма.

# Сачыць
follow-usage = Трэба так: /follow Гродна. Некалькі тэм пішыце праз коску.
follow-too-many = Магу сачыць не больш як за { $limit } тэмамі. Прыбярыце адну: /following
follow-too-long = Задоўгая тэма: «{ $topic }». Хопіць двух-трох слоў.
follow-too-short = Гэтага замала: «{ $topic }». Трэба імя або тэма.
following-remove = Каб прыбраць тэму, націсніце на яе.
following-rubrics = Рубрыкі: каб абраць або прыбраць, націсніце.
follow-ask = Дашліце імя або тэму, некалькі — праз коску.
follow-known = За гэтым ужо сачу.
holds-all = Прыходзяць усе навіны.
holds-topics = Прыходзяць толькі навіны на вашы тэмы.
holds-rubrics = Прыходзяць толькі навіны з вашых рубрык.
holds-either = Прыходзяць навіны на вашы тэмы і з вашых рубрык.
holds-all-first = Прыходзяць усе навіны, а на вашы тэмы — адразу і з гукам.
holds-rubrics-first = Прыходзяць навіны з вашых рубрык, а на вашы тэмы — адразу і з гукам.
holds-urgent-always = Тэрміновае прыходзіць заўсёды.
holds-urgent-mine = Тэрміновае прыходзіць, толькі калі яно на вашы тэмы ці з вашых рубрык.
unfollow-done = Больш не сачу: { $words }
unfollow-none = Вы за гэтым не сочыце: { $words }
button-mode-only = Толькі мае тэмы
button-mode-also = Усе навіны

# Налады
settings-title = <b>Налады</b>
settings-done = Гатова.
cancelled = Нічога не змянілася.
door-comes = Што прыходзіць
door-when = Калі
door-looks = Як выглядае
door-safety = Бяспека
field-state = Навіны
field-language = Мова
field-script = Алфавіт
field-style = Тэкст навіны
field-pictures = Фота
field-sound = Гук
field-urgent = Тэрміновае ў ціхія гадзіны
field-digest = Дайджэст
field-quiet = Ціхія гадзіны
field-timezone = Часавы пояс
field-urgentPasses = Тэрміновае
field-following = Тэмы
field-rubrics = Рубрыкі
field-keep = Паведамленні, што знікаюць
field-articles = Артыкулы
field-protect = Перасылка
field-neutral = Назва агенцтва
field-buttons = Кнопкі
field-hide = Схаваны тэкст
state-active = прыходзяць
state-paused = прыпыненыя
state-idle = не прыходзяць
value-none = няма
value-nothing = усе навіны
value-script-cyrillic = кірыліца
value-script-lacinka = лацінка
value-style-headline = загаловак
value-style-summary = коратка
value-style-full = цалкам
value-sound-always = заўсёды
value-sound-never = ніколі
value-sound-day = не ўначы
value-urgent-silent = без гуку
value-urgent-hold = пасля іх
value-urgentPasses-always = заўсёды
value-urgentPasses-mine = толькі мае тэмы
value-pictures-on = ёсць
value-pictures-off = няма
value-buttons-on = ёсць
value-buttons-off = няма
value-protect-on = нельга
value-protect-off = можна
value-neutral-on = няма
value-neutral-off = ёсць
value-articles-on = ёсць
value-articles-off = няма
value-hashtags-on = ёсць
value-hashtags-off = няма
value-pin-on = так
value-pin-off = не
value-hide-on = так
value-hide-off = не
value-keep-hours =
    { $hours ->
        [one] праз { $hours } гадзіну
        [few] праз { $hours } гадзіны
        [many] праз { $hours } гадзін
       *[other] праз { $hours } гадзіны
    }
value-mode-only = толькі мае тэмы
value-mode-also = усе навіны
ask-script = Якім алфавітам пісаць?
ask-style = Колькі тэксту навіны дасылаць?
ask-sound = Дасылаць навіны з гукам?
ask-urgent = Што рабіць з тэрміновымі навінамі ў ціхія гадзіны?
ask-urgentPasses = Ці дасылаць тэрміновае, якое не на вашы тэмы і не з вашых рубрык?
ask-hide = Хаваць навіны, пакуль вы на іх не націснеце? Тады ў спісе чатаў і на заблакаваным экране іх не відаць, а імя бота відаць.
ask-digest = У якія гадзіны дасылаць навіны дня адным паведамленнем? Іншы час: /digest 08:00 20:00
ask-quiet = У якія гадзіны вас не турбаваць? Іншы час: /quiet 23:00-07:00
ask-timezone = Час якога горада ўлічваць? Іншы горад: /timezone Вільня
ask-keep = Праз колькі гадзін выдаляць паведамленні — мае і вашы? Іншы лік, да 47: /keep 6. У Telegram ёсць і свой таймер, ад дня да года, які дзейнічае без мяне для новых паведамленняў: адкрыйце профіль гэтага чата, меню, «Аўтавыдаленне».
timer-set =
    { $days ->
        [one] Таймер Telegram тут уключаны: { $days } дзень.
        [few] Таймер Telegram тут уключаны: { $days } дні.
        [many] Таймер Telegram тут уключаны: { $days } дзён.
       *[other] Таймер Telegram тут уключаны: { $days } дня.
    }
usage-style = Трэба так: /style summary. Ёсць headline, summary і full.
usage-digest = Трэба так: /digest 08:00 20:00 або /digest off
usage-quiet = Трэба так: /quiet 23:00-07:00 або /quiet off
usage-timezone = Не ведаю такога горада. Трэба так: /timezone Вільня або /timezone Europe/Vilnius
usage-hide = Трэба так: /hide on або /hide off
usage-keep = Трэба так: /keep 6. Ад 1 да 47 гадзін або /keep off
set-style = Гатова. Навіна прыходзіць так: { $value }.
set-digest = Гатова. Дайджэст прыходзіць у гэты час: { $value }
set-digest-off = Гатова. Дайджэста няма, навіны прыходзяць адразу.
set-quiet = Гатова. У гэты час прыходзіць толькі тэрміновае, без гуку: { $value }
set-quiet-held = Гатова. У гэты час навіны не прыходзяць: { $value }
set-quiet-off = Гатова. Ціхіх гадзін няма.
set-timezone = Гатова. Часавы пояс: { $value }
set-hide = Гатова. Схаваны тэкст: { $value }. Каб прачытаць навіну, націсніце на яе.
set-hide-off = Гатова. Навіны зноў відаць адразу.
set-keep = Гатова. Новыя паведамленні знікаюць { $value }. У Telegram ёсць і свой таймер: ён дзейнічае без мяне, дзень або даўжэй. Як яго ўключыць: /keep
set-keep-off = Гатова. Новыя паведамленні не знікаюць. У Telegram ёсць свой таймер: ён дзейнічае без мяне, дзень або даўжэй. Як яго ўключыць: /keep
locate-ask = Націсніце кнопку ўнізе. Я вазьму толькі часавы пояс, а паведамленне выдалю.
locate-button = Паказаць, дзе я

# Прыватнасць
privacy-first = Я захоўваю толькі тое, без чаго не даслаць навіну: нумар гэтага чата (зашыфраваны) і вашы налады.
privacy-nothing = Пра гэты чат я нічога не захоўваю.
privacy-language-only = Пра гэты чат я захоўваю толькі яго нумар (зашыфраваны) і мову, якую вы абралі, — 30 дзён.
privacy-list = Вось усё, што вы наладзілі; астатняе — як спачатку:
privacy-messages = Яшчэ захоўваю, якая навіна прыйшла сюды апошняй, і нумары нядаўніх паведамленняў, каб іх выправіць ці выдаліць. Тэксту паведамленняў не захоўваю.
privacy-leaving = Гэтыя налады знікнуць самі праз 30 дзён пасля таго, як вы адпісаліся або апошні раз іх мянялі.
privacy-numbers = Яшчэ захоўваю нумары нядаўніх паведамленняў, не даўжэй за тры дні, каб /forget выдаліў і іх.
privacy-former = Ад нашага ранейшага бота, якога больш няма, я яшчэ захоўваю нумар гэтага чата або вашага ўліковага запісу ў Telegram (зашыфраваны) з наладамі. /forget выдаліць і гэта.
privacy-never = Больш нічога: ні вашага імя, ні тэлефона, ні вашых паведамленняў.
privacy-honest = Telegram ведае, што вы чытаеце гэтага бота. Той, хто здабудзе токен бота — яго ключ да Telegram, — убачыць, хто сюды пісаў і што тут яшчэ засталося. Выдаліце чат, калі тэлефон могуць праверыць.
privacy-how = Каб выдаліць усё адразу, разам з паведамленнямі за апошнія 48 гадзін: /forget. Старэйшыя бот выдаліць не можа. Потым выдаліце чат: так ён знікне з вашых прылад. Таймер Telegram дзейнічае і без мяне, і даўжэй за 48 гадзін — для паведамленняў, якія прыйдуць пасля таго, як вы яго ўключыце: адкрыйце профіль гэтага чата, меню, «Аўтавыдаленне».
privacy-code = Ваш код для аператара: <code>{ $code }</code>

    Запішыце яго не ў гэтым тэлефоне. Калі вы больш не зможаце карыстацца гэтым чатам, аператар бота зробіць паводле гэтага кода тое самае, што /forget. Ні на што іншае код не прыдатны.

    Ранейшы код ужо не дзейнічае. Гэтае паведамленне знікне праз пяць хвілін.
privacy-code-kept = Код для аператара: ёсць
forget-ask = Выдаліць усё: падпіску, налады і паведамленні гэтага чата за апошнія 48 гадзін? Старэйшыя Telegram не дае выдаляць ботам.
forgotten = Выдалена ўсё, пра што я тут ведаю за апошнія 48 гадзін; старэйшае бот выдаліць не можа. Выдаліце гэты чат: тады і астатняе знікне з вашых прылад.
forgetting = Выдаляю…
forgotten-soon = Частку паведамленняў Telegram пакуль не дае выдаліць. Спрабую яшчэ двое сутак і для гэтага захоўваю нумар гэтага чата (зашыфраваны). Усё астатняе пра вас забыта.
forgotten-later = Выдалены ўсе паведамленні, пра якія я тут ведаю за апошнія 48 гадзін. Маё сховішча цяпер не прымае змен: як толькі пачне, выдалю і ўсё астатняе пра вас. Пісаць яшчэ раз не трэба.

# Даведка і астатняе
help-title = <b>Што я ўмею</b>
help-more = Амаль для ўсяго ёсць кнопкі: /settings
help-operators = <b>Для аператараў</b>
wrote = Вы напісалі: { $words }
unknown = Пошук па навінах або каманды: /help
flood = Зашмат паведамленняў. Хвіліну памаўчу.
trouble = Цяпер нешта не працуе. Паспрабуйце праз хвіліну.
toast-stale = Гэтая кнопка ўжо не працуе. Напішыце /help
toast-foreign = Гэта могуць націскаць толькі адміністратары.
toast-saved = Захавана
toast-trouble = Не атрымалася. Паспрабуйце праз хвіліну
inline-subscribe = Падпісацца на навіны
inline-none = Нічога не знайшлося

# Кнопкі
button-subscribe = Падпісацца
button-latest = Апошнія навіны
button-settings = Налады
button-following = За чым сачу
button-unsubscribe = Адпісацца
button-forget = Забыць мяне
button-code = Код для аператара
button-keep = Паведамленні, што знікаюць
button-stay = Не выдаляць паведамленні
button-locate = Вызначыць, дзе я
button-topic-add = Дадаць тэму
button-follow = Сачыць: { $words }
button-chosen = Тэмы і рубрыкі: { $chosen }
button-privacy = Прыватнасць
button-more = Яшчэ
button-back = Назад
button-done = Гатова
button-cancel = Скасаваць
button-find = Шукаць: { $words }
button-help = Усе каманды

# Меню каманд і апісанні бота ў Telegram
command-start = пачаць, абраць мову
command-latest = апошнія навіны
command-search = пошук па навінах
command-subscribe = падпісацца
command-unsubscribe = адпісацца
command-language = мова
command-settings = усе налады
command-style = колькі тэксту навіны дасылаць
command-follow = сачыць за імем або тэмай
command-unfollow = больш не сачыць
command-following = за чым вы сочыце
command-digest = навіны адным паведамленнем у вызначаны час
command-quiet = ціхія гадзіны
command-timezone = часавы пояс
command-keep = паведамленні, што знікаюць
command-articles = навіны цалкам, з фота, адным паведамленнем
command-hide = схаваць тэкст навін, пакуль не націснеце
command-channels = вашы каналы і групы
command-privacy = што захоўваецца пра гэты чат
command-forget = выдаліць усё пра гэты чат
command-help = усе каманды
command-stats = колькі падпісак і паведамленняў
command-health = стан крыніц і рассылкі
command-announce = паведамленне ўсім, на трох мовах
command-urgent = пазначыць навіну як тэрміновую
command-withdraw = адклікаць навіну ва ўсіх чатах
command-pause = прыпыніць рассылку
command-resume = аднавіць рассылку
command-why = чаму навіна прыйшла або не прыйшла
about-long = Навіны { -agency } па-беларуску, па-руску і па-англійску проста ў Telegram, без VPN. Ні імя, ні тэлефона, ні вашых паведамленняў бот не захоўвае.
about-short = Навіны { -agency } на трох мовах, без VPN.

# Аператары
operator-readers = { $edition }: { $count } або больш
operator-readers-few = { $edition }: менш за 20
operator-rate = Паведамленняў за секунду: { $rate }
operator-rate-none = Паведамленняў за секунду: без абмежавання
operator-paused = Рассылка прыпыненая: /resume
operator-running = Рассылка ідзе.
operator-version = Версія: { $version }
operator-week = Навіны за апошнія сем дзён і колькі разоў іх дасылалі
operator-source = { $edition }: апошні раз прачытана { $time }, навін у спісе: { $items }
operator-source-new = { $edition }: апошняя навіна — { $time }
operator-source-never = { $edition }: крыніцу яшчэ не чыталі
operator-source-off = { $edition }: выключана, крыніца не зададзена
operator-behind = { $edition }: навін чакаюць чаты, да { $count }
operator-admitted = Цяпер вы аператар: вашы каманды ёсць у /help, а пра збоі я паведамлю сюды. Ваш нумар чата, { $id }, запісаны ў .env як ADMIN_IDS.
operator-admitted-now = Вы аператар да наступнага запуску: вашы каманды ёсць у /help. Каб гэта засталося, дадайце ў налады ADMIN_IDS={ $id }.
operator-flood = Telegram просіць бота пачакаць: навіны пойдуць далей самі
operator-limits = Абмежаванні, што спрацавалі за апошнюю гадзіну: { $limits }
operator-announce-usage = Трэба так, кожная мова з новага радка, адна ці ўсе тры: /announce be: Тэкст
operator-announce-ask = Гэта пойдзе ўсім, хто чытае гэтыя мовы. Даслаць?
operator-announce-long = Задоўга: не больш за 3800 знакаў на ўсе мовы разам (беларускі тэкст лічыцца ў лацінцы).
operator-announced = Даслана.
operator-link-usage = Трэба так: { $command } спасылка на навіну
operator-no-story = Такой навіны не ведаю.
operator-urgent = Пазначана як тэрміновая. Хто яе не атрымаў, атрымае зараз.
operator-urgent-old = Гэтая навіна выйшла больш за два дні таму. Цяпер ужо не відаць, у каго яна ёсць, і яна прыйшла б усім яшчэ раз, таму тэрміновай яе не раблю.
operator-withdraw-ask = Адклікаць «{ $headline }»? Са спісаў і пошуку яна знікне.
operator-withdraw-everybody = Кожны чат, дзе яна ёсць, убачыць, што яна адкліканая.
operator-withdraw-places = Яна старэйшая за два дні: гэта ўбачаць каналы і групы, дзе яна ёсць, а чытачы — толькі калі яна прыйшла ім за апошнія два дні.
operator-withdraw-nobody = Яна старэйшая за 30 дзён: усюды, куды яе дасылалі, яна застанецца такой, як была.
operator-withdrawn-everybody = Адклікана. Чаты, дзе яна ёсць, зараз гэта ўбачаць.
operator-withdrawn-places = Адклікана. Каналы і групы, дзе яна ёсць, зараз гэта ўбачаць; чытачы — толькі калі яна прыйшла ім за апошнія два дні.
operator-withdrawn-nobody = Адклікана: у спісах і пошуку яе больш няма. Усюды, куды яе дасылалі, яна застанецца такой, як была.
operator-withdrawn = Гэтая навіна адкліканая. Пакуль яе не вернуць, больш яе ніхто не атрымае.
operator-withdrawn-before = Гэтая навіна ўжо адкліканая.
operator-no-fate = Гэтую навіну яшчэ нікому не дасылалі.
operator-fate = { $fate }: { $count } або больш
operator-fate-few = { $fate }: менш за 20
fate-sent = даслана
fate-found = спыталі ў Telegram, ці дайшла, — дайшла
fate-repeated = даслана зноў, бо не ўдалося даведацца, ці дайшла
fate-filtered = адфільтравана: не тыя тэмы ці рубрыкі
fate-held = чакае свайго часу
fate-held-quiet = затрымана ціхімі гадзінамі
fate-held-quiet-until = затрымана ціхімі гадзінамі да { $time }
fate-held-digest = адкладзена да дайджэсту
fate-held-digest-until = адкладзена да дайджэсту ў { $time }
fate-edited = выпраўлена ў чатах
fate-refused = Telegram адмовіў ({ $reason })
operator-forget = /forget і код чытача — выдаліць усё пра яго чат
operator-forget-forgotten = Той чат забыты. Яго паведамленні за апошнія 48 гадзін знікаюць, наколькі Telegram дазваляе боту іх выдаліць.
operator-forget-unknown = Гэты код не дзейнічае: у ім памылка, ёсць навейшы або ўсё ўжо выдалена.
operator-forget-too-many = Зашмат няправільных кодаў. Паспрабуйце праз гадзіну.
button-announce = Даслаць усім
button-withdraw = Адклікаць паўсюль

# Навіны артыкуламі
button-articles-on = Артыкулы: паказаць узор
button-articles-off = Выключыць артыкулы
button-articles-confirm = Бачу, уключыць
articles-are-on = Навіны цалкам і дайджэсты прыходзяць артыкуламі.
articles-are-off = Навіна цалкам можа прыходзіць артыкулам: з фота, цытатамі, падзагалоўкамі. Дайджэст — усе навіны ў адным паведамленні.
articles-sample = Так выглядае навіна цалкам; дайджэст — усе навіны дня ў адным паведамленні, кожная пад сваім загалоўкам. Калі вы гэта бачыце, ваш Telegram гэта ўмее.
articles-not-here = Тут артыкулы паказаць нельга. Навіны прыходзяць як раней.
articles-hidden = Артыкулы і схаваны тэкст разам не дзейнічаюць. Спачатку выключыце схаваны тэкст, потым уключыце артыкулы.
articles-place = Так выглядаў бы допіс. Чытачы са старой версіяй Telegram убачаць толькі, што паведамленне не падтрымліваецца.
set-articles-on = Гатова. Навіны цалкам і дайджэсты будуць артыкуламі.
set-articles-off = Гатова. Навіны зноў прыходзяць звычайным тэкстам.
