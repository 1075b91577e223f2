# Навіна ў чаце
story-urgent = Тэрмінова
story-updated = абноўлена
story-withdrawn = Навіна адклікана рэдакцыяй.
story-paid = толькі для { -plus }
story-paid-neutral = поўны тэкст па платнай падпісцы
story-link = сайт
story-credit = Фота: { $credit }
story-untitled = Навіна без загалоўка
# Замест назвы
story-agency = партал

story-read = Чытаць тут
story-read-on = Чытаць далей
story-share = Падзяліцца
story-close = Закрыць

# Некалькі навін у адным паведамленні
bulletin-new =
    { $count ->
        [one] { $count } новая навіна
        [few] { $count } новыя навіны
        [many] { $count } новых навін
       *[other] { $count } новай навіны
    }
bulletin-quiet =
    { $count ->
        [one] Пакуль было ціха: { $count } навіна
        [few] Пакуль было ціха: { $count } навіны
        [many] Пакуль было ціха: { $count } навін
       *[other] Пакуль было ціха: { $count } навіны
    }
bulletin-latest = Апошнія навіны
bulletin-search = Знайшлося ў навінах
bulletin-other = Іншае
digest-morning = Добрай раніцы. Галоўнае на гэтую гадзіну
digest-day = Добры дзень. Галоўнае на гэтую гадзіну
digest-evening = Добры вечар. Галоўнае за дзень
digest-night = Галоўнае на гэтую гадзіну
digest-light = А яшчэ
digest-edited = Галоўнае
