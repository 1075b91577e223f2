# Новость в чате
story-urgent = Срочно
story-updated = обновлено
story-withdrawn = Новость отозвана редакцией.
story-paid = только для { -plus }
story-paid-neutral = полный текст по платной подписке
story-link = сайт
story-credit = Фото: { $credit }
story-untitled = Новость без заголовка
# Вместо названия
story-agency = портал

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
        [one] Пока было тихо: { $count } новость
        [few] Пока было тихо: { $count } новости
        [many] Пока было тихо: { $count } новостей
       *[other] Пока было тихо: { $count } новости
    }
bulletin-latest = Последние новости
bulletin-search = Нашлось в новостях
bulletin-other = Другое
digest-morning = Доброе утро. Главное к этому часу
digest-day = Добрый день. Главное к этому часу
digest-evening = Добрый вечер. Главное за день
digest-night = Главное к этому часу
digest-light = А ещё
digest-edited = Главное
