# Навіна ў чаце
story-urgent = Тэрмінова
story-updated = абноўлена
story-withdrawn = Рэдакцыя адклікала гэтую навіну.
story-paid = толькі для { -plus }
story-paid-neutral = поўны тэкст — для платных падпісчыкаў
story-link = сайт
story-credit = Фота: { $credit }

# Назва навіны, якая яе не мае
story-untitled = Навіна без загалоўка

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
        [one] За ціхія гадзіны: { $count } навіна
        [few] За ціхія гадзіны: { $count } навіны
        [many] За ціхія гадзіны: { $count } навін
       *[other] За ціхія гадзіны: { $count } навіны
    }
bulletin-latest = Апошнія навіны
bulletin-search = Знайшлося ў навінах
bulletin-other = Іншае
digest-morning = Добрай раніцы. Галоўнае на гэтую гадзіну
digest-day = Добры дзень. Галоўнае на гэтую гадзіну
digest-evening = Добры вечар. Галоўныя навіны
digest-night = Галоўнае на гэтую гадзіну
digest-light = А яшчэ
digest-edited = Галоўнае
