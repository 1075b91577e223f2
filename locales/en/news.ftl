# A story in a chat
story-urgent = Urgent
story-updated = updated
story-withdrawn = Withdrawn by the newsroom.
story-paid = only for { -plus }
story-paid-neutral = full text for paying readers
story-link = site
story-credit = Picture: { $credit }
story-untitled = Story without a headline
# In place of the name
story-agency = the agency

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
        [one] While it was quiet: { $count } story
       *[other] While it was quiet: { $count } stories
    }
bulletin-latest = Latest news
bulletin-search = Found in the news
bulletin-other = Other
digest-morning = Good morning. What matters so far
digest-day = Good afternoon. What matters so far
digest-evening = Good evening. What mattered today
digest-night = What matters at this hour
digest-light = And also
digest-edited = What matters
