# Новость в чате
story-urgent = Срочно
story-updated = обновлено
story-withdrawn = Редакция отозвала эту новость.
story-paid = только для { -plus }
story-paid-neutral = полный текст — для платных подписчиков
story-link = сайт
story-credit = Фото: { $credit }

# Название новости, у которой его нет
story-untitled = Новость без заголовка

story-read = Читать здесь
story-read-on = Читать дальше
story-share = Поделиться
story-close = Закрыть

# Несколько новостей в одном сообщении
bulletin-new =
    { $count ->
        [one] { $count } новая новость
        [few] { $count } новые новости
        [many] { $count } новых новостей
       *[other] { $count } новой новости
    }
bulletin-quiet =
    { $count ->
        [one] За тихие часы: { $count } новость
        [few] За тихие часы: { $count } новости
        [many] За тихие часы: { $count } новостей
       *[other] За тихие часы: { $count } новости
    }
bulletin-latest = Последние новости
bulletin-search = Нашлось в новостях
bulletin-other = Другое
digest-morning = Доброе утро. Главное к этому часу
digest-day = Добрый день. Главное к этому часу
digest-evening = Добрый вечер. Главные новости
digest-night = Главное к этому часу
digest-light = А ещё
digest-edited = Главное
