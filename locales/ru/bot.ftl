# Приветствие и подписка
start-greeting = Новости { -agency } в Telegram, без VPN. Выберите язык — и я буду присылать новости сюда.
start-greeting-neutral = Новости в Telegram, без VPN. Выберите язык — и я буду присылать их сюда.
start-true-bot = Настоящий бот — @{ $username }. Бот под другим именем — не наш.
start-official = Чтобы не ошибиться, открывайте его по этой ссылке: { $link }
start-link = Новости { -agency } в Telegram, без VPN, по-русски.
start-link-neutral = Новости в Telegram, без VPN, по-русски.
start-ask = В этом чате всё по-русски. Сменить язык?
start-story-gone = Этой новости здесь уже нет.
start-story-offer = Могу присылать такие новости сюда, как только они выходят.
subscribed = Готово. Новости будут приходить по-русски.
subscribed-already = Вы подписаны: новости приходят по-русски.
subscribed-keep =
    { $hours ->
        [one] Пока я работаю, здесь всё исчезает не позже чем через { $hours } час: и мои сообщения, и ваши команды.
        [few] Пока я работаю, здесь всё исчезает не позже чем через { $hours } часа: и мои сообщения, и ваши команды.
        [many] Пока я работаю, здесь всё исчезает не позже чем через { $hours } часов: и мои сообщения, и ваши команды.
       *[other] Пока я работаю, здесь всё исчезает не позже чем через { $hours } часа: и мои сообщения, и ваши команды.
    }
subscribed-more = Настроить: /settings
subscribe-usage = Нужно так: /subscribe ru. Языки: be, ru и en.
edition-off = Новостей по-русски у этого бота нет. Выберите другой язык.
subscribe-first = Это заработает, когда вы подпишетесь.
unsubscribed = Новости больше не приходят. Настройки храню ещё 30 дней или до /forget.
unsubscribe-not = Этот чат не подписан.
language-ask = Выберите язык, на котором будут новости и команды.
language-done = Готово. Теперь всё по-русски.
language-off = Отвечаю теперь по-русски, но новостей по-русски здесь нет. Выберите язык новостей.
language-usage = Нужно так: /language ru. Языки: be, ru и en.

# Списки новостей
latest-none = Новостей пока нет.
latest-usage = Нужно так: /latest 5. Число — от 1 до 10.
search-title = Нашлось: { $words }
search-none = Ничего не нашлось: { $words }
search-usage = Нужно так: /search Гродно
list-end = Дальше ничего нет.

# Следить
follow-usage = Нужно так: /follow Гродно. Несколько тем пишите через запятую.
follow-too-many = Могу следить не больше чем за { $limit } темами. Уберите одну: /following
follow-too-long = Слишком длинная тема: «{ $topic }». Хватит двух-трёх слов.
follow-too-short = Этого слишком мало: «{ $topic }». Нужно имя или тема.
following-remove = Чтобы убрать тему, нажмите на неё.
following-rubrics = Рубрики: чтобы выбрать или убрать, нажмите.
follow-ask = Пришлите имя или тему, несколько — через запятую.
follow-known = За этим уже слежу.
holds-all = Приходят все новости.
holds-topics = Приходят только новости по вашим темам.
holds-rubrics = Приходят только новости из ваших рубрик.
holds-either = Приходят новости по вашим темам и из ваших рубрик.
holds-all-first = Приходят все новости, а по вашим темам — сразу и со звуком.
holds-rubrics-first = Приходят новости из ваших рубрик, а по вашим темам — сразу и со звуком.
holds-urgent-always = Срочное приходит всегда.
holds-urgent-mine = Срочное приходит, только если оно по вашим темам или из ваших рубрик.
unfollow-done = Больше не слежу: { $words }
unfollow-none = Вы за этим не следите: { $words }
button-mode-only = Только мои темы
button-mode-also = Все новости

# Настройки
settings-title = <b>Настройки</b>
settings-done = Готово.
cancelled = Ничего не изменилось.
door-comes = Что приходит
door-when = Когда
door-looks = Как выглядит
door-safety = Безопасность
field-state = Новости
field-language = Язык
field-script = Алфавит
field-style = Текст новости
field-pictures = Фото
field-sound = Звук
field-urgent = Срочное в тихие часы
field-digest = Дайджест
field-quiet = Тихие часы
field-timezone = Часовой пояс
field-urgentPasses = Срочное
field-following = Темы
field-rubrics = Рубрики
field-keep = Исчезающие сообщения
field-articles = Статьи
field-protect = Пересылка
field-neutral = Название агентства
field-buttons = Кнопки
field-hide = Скрытый текст
state-active = приходят
state-paused = приостановлены
state-idle = не приходят
value-none = нет
value-nothing = все новости
value-script-cyrillic = кириллица
value-script-lacinka = латинка
value-style-headline = заголовок
value-style-summary = кратко
value-style-full = полностью
value-sound-always = всегда
value-sound-never = никогда
value-sound-day = не ночью
value-urgent-silent = без звука
value-urgent-hold = после них
value-urgentPasses-always = всегда
value-urgentPasses-mine = только мои темы
value-pictures-on = есть
value-pictures-off = нет
value-buttons-on = есть
value-buttons-off = нет
value-protect-on = нельзя
value-protect-off = можно
value-neutral-on = нет
value-neutral-off = есть
value-articles-on = есть
value-articles-off = нет
value-hashtags-on = есть
value-hashtags-off = нет
value-pin-on = да
value-pin-off = нет
value-hide-on = да
value-hide-off = нет
value-keep-hours =
    { $hours ->
        [one] через { $hours } час
        [few] через { $hours } часа
        [many] через { $hours } часов
       *[other] через { $hours } часа
    }
value-mode-only = только мои темы
value-mode-also = все новости
ask-script = Каким алфавитом писать по-белорусски?
ask-style = Сколько текста новости присылать?
ask-sound = Присылать новости со звуком?
ask-urgent = Что делать со срочными новостями в тихие часы?
ask-urgentPasses = Присылать ли срочное не по вашим темам и не из ваших рубрик?
ask-hide = Скрывать новости, пока вы на них не нажмёте? Тогда в списке чатов и на заблокированном экране их не видно, а имя бота видно.
ask-digest = В какие часы присылать новости дня одним сообщением? Другое время: /digest 08:00 20:00
ask-quiet = В какие часы вас не беспокоить? Другое время: /quiet 23:00-07:00
ask-timezone = Время какого города учитывать? Другой город: /timezone Вильнюс
ask-keep = Через сколько часов удалять сообщения — мои и ваши? Другое число, до 47: /keep 6. В Telegram есть и свой таймер, от дня до года, который работает без меня для новых сообщений: откройте профиль этого чата, меню, «Автоудаление».
timer-set =
    { $days ->
        [one] Таймер Telegram здесь включён: { $days } день.
        [few] Таймер Telegram здесь включён: { $days } дня.
        [many] Таймер Telegram здесь включён: { $days } дней.
       *[other] Таймер Telegram здесь включён: { $days } дня.
    }
usage-style = Нужно так: /style summary. Есть headline, summary и full.
usage-digest = Нужно так: /digest 08:00 20:00 или /digest off
usage-quiet = Нужно так: /quiet 23:00-07:00 или /quiet off
usage-timezone = Не знаю такого города. Нужно так: /timezone Вильнюс или /timezone Europe/Vilnius
usage-hide = Нужно так: /hide on или /hide off
usage-keep = Нужно так: /keep 6. От 1 до 47 часов или /keep off
set-style = Готово. Новость приходит так: { $value }.
set-digest = Готово. Дайджест приходит в это время: { $value }
set-digest-off = Готово. Дайджеста нет, новости приходят сразу.
set-quiet = Готово. В это время приходит только срочное, без звука: { $value }
set-quiet-held = Готово. В это время новости не приходят: { $value }
set-quiet-off = Готово. Тихих часов нет.
set-timezone = Готово. Часовой пояс: { $value }
set-hide = Готово. Скрытый текст: { $value }. Чтобы прочитать новость, нажмите на неё.
set-hide-off = Готово. Новости снова видны сразу.
set-keep = Готово. Новые сообщения исчезают { $value }. В Telegram есть и свой таймер: он работает без меня, день или дольше. Как его включить: /keep
set-keep-off = Готово. Новые сообщения не исчезают. В Telegram есть свой таймер: он работает без меня, день или дольше. Как его включить: /keep
locate-ask = Нажмите кнопку внизу. Я возьму только часовой пояс, а сообщение удалю.
locate-button = Показать, где я

# Приватность
privacy-first = Я храню только то, без чего не прислать новость: номер этого чата (зашифрован) и ваши настройки.
privacy-nothing = Об этом чате я ничего не храню.
privacy-language-only = Об этом чате я храню только его номер (зашифрован) и язык, который вы выбрали, — 30 дней.
privacy-list = Вот всё, что вы настроили; остальное — как вначале:
privacy-messages = Ещё храню, какая новость пришла сюда последней, и номера недавних сообщений, чтобы их исправить или удалить. Текста сообщений не храню.
privacy-leaving = Эти настройки исчезнут сами через 30 дней после того, как вы отписались или последний раз их меняли.
privacy-numbers = Ещё храню номера недавних сообщений, не дольше трёх дней, чтобы /forget удалил и их.
privacy-former = От нашего прежнего бота, которого больше нет, я ещё храню номер этого чата или вашей учётной записи в Telegram (зашифрован) с настройками. /forget удалит и это.
privacy-never = Больше ничего: ни вашего имени, ни телефона, ни ваших сообщений.
privacy-honest = Telegram знает, что вы читаете этого бота. Тот, кто добудет токен бота — его ключ к Telegram, — увидит, кто сюда писал и что здесь ещё осталось. Удалите чат, если телефон могут проверить.
privacy-how = Чтобы удалить всё сразу, вместе с сообщениями за последние 48 часов: /forget. Более старые бот удалить не может. Потом удалите чат: так он исчезнет с ваших устройств. Таймер Telegram работает и без меня, и дольше 48 часов — для сообщений, которые придут после того, как вы его включите: откройте профиль этого чата, меню, «Автоудаление».
privacy-code = Ваш код для оператора: <code>{ $code }</code>

    Запишите его не в этом телефоне. Если вы больше не сможете пользоваться этим чатом, оператор бота сделает по этому коду то же, что /forget. Ни для чего другого код не годится.

    Прежний код уже не действует. Это сообщение исчезнет через пять минут.
privacy-code-kept = Код для оператора: есть
forget-ask = Удалить всё: подписку, настройки и сообщения этого чата за последние 48 часов? Более старые Telegram не даёт удалять ботам.
forgotten = Удалено всё, о чём я здесь знаю за последние 48 часов; более старое бот удалить не может. Удалите этот чат: тогда и остальное исчезнет с ваших устройств.
forgetting = Удаляю…
forgotten-soon = Часть сообщений Telegram пока не даёт удалить. Пробую ещё двое суток и для этого храню номер этого чата (зашифрован). Всё остальное о вас забыто.
forgotten-later = Удалены все сообщения, о которых я здесь знаю за последние 48 часов. Моё хранилище сейчас не принимает изменений: как только начнёт, удалю и всё остальное о вас. Писать ещё раз не нужно.

# Справка и остальное
help-title = <b>Что я умею</b>
help-more = Почти для всего есть кнопки: /settings
help-operators = <b>Для операторов</b>
wrote = Вы написали: { $words }
unknown = Поиск по новостям или команды: /help
flood = Слишком много сообщений. Минуту помолчу.
trouble = Сейчас что-то не работает. Попробуйте через минуту.
toast-stale = Эта кнопка уже не работает. Напишите /help
toast-foreign = Это могут нажимать только администраторы.
toast-saved = Сохранено
toast-trouble = Не получилось. Попробуйте через минуту
inline-subscribe = Подписаться на новости
inline-none = Ничего не нашлось

# Кнопки
button-subscribe = Подписаться
button-latest = Последние новости
button-settings = Настройки
button-following = За чем слежу
button-unsubscribe = Отписаться
button-forget = Забыть меня
button-code = Код для оператора
button-keep = Исчезающие сообщения
button-stay = Не удалять сообщения
button-locate = Определить, где я
button-topic-add = Добавить тему
button-follow = Следить: { $words }
button-chosen = Темы и рубрики: { $chosen }
button-privacy = Приватность
button-more = Ещё
button-back = Назад
button-done = Готово
button-cancel = Отменить
button-find = Искать: { $words }
button-help = Все команды

# Меню команд и описания бота в Telegram
command-start = начать, выбрать язык
command-latest = последние новости
command-search = поиск по новостям
command-subscribe = подписаться
command-unsubscribe = отписаться
command-language = язык
command-settings = все настройки
command-style = сколько текста новости присылать
command-follow = следить за именем или темой
command-unfollow = больше не следить
command-following = за чем вы следите
command-digest = новости одним сообщением в назначенное время
command-quiet = тихие часы
command-timezone = часовой пояс
command-keep = исчезающие сообщения
command-articles = новости целиком, с фото, одним сообщением
command-hide = скрыть текст новостей, пока не нажмёте
command-channels = ваши каналы и группы
command-privacy = что хранится об этом чате
command-forget = удалить всё об этом чате
command-help = все команды
command-stats = сколько подписок и сообщений
command-health = состояние источников и рассылки
command-announce = сообщение всем, на трёх языках
command-urgent = пометить новость как срочную
command-withdraw = отозвать новость во всех чатах
command-pause = приостановить рассылку
command-resume = возобновить рассылку
command-why = почему новость пришла или не пришла
about-long = Новости { -agency } по-белорусски, по-русски и по-английски прямо в Telegram, без VPN. Ни имени, ни телефона, ни ваших сообщений бот не хранит.
about-short = Новости { -agency } на трёх языках, без VPN.

# Операторы
operator-readers = { $edition }: { $count } или больше
operator-readers-few = { $edition }: меньше 20
operator-rate = Сообщений в секунду: { $rate }
operator-rate-none = Сообщений в секунду: без ограничения
operator-paused = Рассылка приостановлена: /resume
operator-running = Рассылка идёт.
operator-version = Версия: { $version }
operator-week = Новости за последние семь дней и сколько раз их отправляли
operator-source = { $edition }: последний раз прочитано { $time }, новостей в списке: { $items }
operator-source-new = { $edition }: последняя новость — { $time }
operator-source-never = { $edition }: источник ещё не читали
operator-source-off = { $edition }: выключено, источник не задан
operator-behind = { $edition }: новостей ждут чаты, до { $count }
operator-admitted = Теперь вы оператор: ваши команды есть в /help, а о сбоях я сообщу сюда. Ваш номер чата, { $id }, записан в .env как ADMIN_IDS.
operator-admitted-now = Вы оператор до следующего запуска: ваши команды есть в /help. Чтобы это осталось, добавьте в настройки ADMIN_IDS={ $id }.
operator-flood = Telegram просит бота подождать: новости пойдут дальше сами
operator-limits = Ограничения, которые сработали за последний час: { $limits }
operator-announce-usage = Нужно так, каждый язык с новой строки, один или все три: /announce be: Тэкст
operator-announce-ask = Это пойдёт всем, кто читает эти языки. Отправить?
operator-announce-long = Слишком длинно: можно не больше 3800 знаков на все языки вместе (белорусский текст считается в латинке).
operator-announced = Отправлено.
operator-link-usage = Нужно так: { $command } ссылка на новость
operator-no-story = Такой новости не знаю.
operator-urgent = Помечена как срочная. Кто её не получил, получит сейчас.
operator-urgent-old = Эта новость вышла больше двух дней назад. Теперь уже не видно, у кого она есть, и она пришла бы всем ещё раз, поэтому срочной её не делаю.
operator-withdraw-ask = Отозвать «{ $headline }»? Из списков и поиска она исчезнет.
operator-withdraw-everybody = Каждый чат, где она есть, увидит, что она отозвана.
operator-withdraw-places = Она старше двух дней: это увидят каналы и группы, где она есть, а читатели — только если она пришла им за последние два дня.
operator-withdraw-nobody = Она старше 30 дней: везде, куда её отправляли, она останется такой, как была.
operator-withdrawn-everybody = Отозвано. Чаты, где она есть, сейчас это увидят.
operator-withdrawn-places = Отозвано. Каналы и группы, где она есть, сейчас это увидят; читатели — только если она пришла им за последние два дня.
operator-withdrawn-nobody = Отозвано: в списках и поиске её больше нет. Везде, куда её отправляли, она останется такой, как была.
operator-withdrawn = Эта новость отозвана. Пока её не вернут, больше её никто не получит.
operator-withdrawn-before = Эта новость уже отозвана.
operator-no-fate = Эту новость ещё никому не отправляли.
operator-fate = { $fate }: { $count } или больше
operator-fate-few = { $fate }: меньше 20
fate-sent = отправлено
fate-found = спросили у Telegram, дошло ли, — дошло
fate-repeated = отправлено снова, потому что не удалось узнать, дошло ли
fate-filtered = отфильтровано: не те темы или рубрики
fate-held = ждёт своего времени
fate-held-quiet = задержано тихими часами
fate-held-quiet-until = задержано тихими часами до { $time }
fate-held-digest = отложено до дайджеста
fate-held-digest-until = отложено до дайджеста в { $time }
fate-edited = исправлено в чатах
fate-refused = Telegram отказал ({ $reason })
operator-forget = /forget и код читателя — удалить всё о его чате
operator-forget-forgotten = Тот чат забыт. Его сообщения за последние 48 часов исчезают, насколько Telegram разрешает боту их удалить.
operator-forget-unknown = Этот код не действует: в нём ошибка, есть более новый или всё уже удалено.
operator-forget-too-many = Слишком много неверных кодов. Попробуйте через час.
button-announce = Отправить всем
button-withdraw = Отозвать везде

# Новости статьями
button-articles-on = Статьи: показать образец
button-articles-off = Выключить статьи
button-articles-confirm = Вижу, включить
articles-are-on = Новости целиком и дайджесты приходят статьями.
articles-are-off = Новость целиком может приходить статьёй: с фото, цитатами, подзаголовками. Дайджест — все новости в одном сообщении.
articles-sample = Так выглядит новость целиком; дайджест — все новости дня в одном сообщении, каждая под своим заголовком. Если вы это видите, ваш Telegram это умеет.
articles-not-here = Здесь статьи показать нельзя. Новости приходят как раньше.
articles-hidden = Статьи и скрытый текст вместе не работают. Сначала выключите скрытый текст, потом включите статьи.
articles-place = Так выглядел бы пост. Читатели со старой версией Telegram увидят лишь, что сообщение не поддерживается.
set-articles-on = Готово. Новости целиком и дайджесты будут статьями.
set-articles-off = Готово. Новости снова приходят обычным текстом.
