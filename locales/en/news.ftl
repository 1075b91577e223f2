# A story in a chat
story-urgent = Urgent
story-updated = updated
story-withdrawn = The newsroom has withdrawn this story.
story-paid = only for { -plus }
story-paid-neutral = full text for paying readers
story-link = site
story-credit = Photo: { $credit }

# The name of a story that has none
story-untitled = Story without a headline

story-read = Read here
story-read-on = Read on
story-share = Share
story-close = Close

# Several stories in one message
bulletin-new =
    { $count ->
        [one] { $count } new story
       *[other] { $count } new stories
    }
bulletin-quiet =
    { $count ->
        [one] In quiet hours: { $count } story
       *[other] In quiet hours: { $count } stories
    }
bulletin-latest = Latest news
bulletin-search = Found in the news
bulletin-other = Other
digest-morning = Good morning. The main news so far
digest-day = Good afternoon. The main news so far
digest-evening = Good evening. The main news
digest-night = The main news so far
digest-light = And also
digest-edited = The main news
