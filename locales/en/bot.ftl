# Greeting and subscription
start-greeting = News from { -agency } on Telegram, no VPN needed. Choose a language and I will send the news here.
start-greeting-neutral = News on Telegram, no VPN needed. Choose a language and I will send it here.
start-true-bot = The real bot is @{ $username }. A bot with another name is not ours.
start-official = To be sure, open it through this link: { $link }
start-link = News from { -agency } on Telegram, no VPN needed, in English.
start-link-neutral = News on Telegram, no VPN needed, in English.
start-ask = This chat is set to English. Switch it?
start-story-gone = This story is no longer here.
start-story-offer = I can send stories like this here as they come out.
subscribed = Done. News will come in English.
subscribed-already = You are subscribed: news comes in English.
subscribed-keep =
    { $hours ->
        [one] While I am running, everything here disappears after { $hours } hour at the latest: my messages and your commands.
       *[other] While I am running, everything here disappears after { $hours } hours at the latest: my messages and your commands.
    }
subscribed-more = Settings: /settings
subscribe-usage = Like this: /subscribe en. The languages are be, ru and en.
edition-off = This bot has no news in English. Choose another language.
subscribe-first = This works once you are subscribed.
unsubscribed = News will no longer come. Your settings are kept for 30 days, or until /forget.
unsubscribe-not = This chat is not subscribed.
language-ask = Choose a language for the news and for me.
language-done = Done. Now everything is in English.
language-off = I answer in English now, but there is no news in English here. Choose a language for the news.
language-usage = Like this: /language en. The languages are be, ru and en.

# Lists of stories
latest-none = There is no news yet.
latest-usage = Like this: /latest 5. The number is from 1 to 10.
search-title = Found: { $words }
search-none = Nothing found: { $words }
search-usage = Like this: /search Hrodna
list-end = There is nothing more.

# Following
follow-usage = Like this: /follow Hrodna. Put commas between several topics.
follow-too-many = I can follow { $limit } topics at most. Remove one of them: /following
follow-too-long = This topic is too long: “{ $topic }”. Two or three words are enough.
follow-too-short = This says too little: “{ $topic }”. A name or a topic is needed.
following-remove = To remove a topic, press it.
following-rubrics = Sections: to choose or to remove one, press it.
follow-ask = Send me a name or a topic; put commas between several.
follow-known = I follow this already.
holds-all = You get all news.
holds-topics = You get only news on your topics.
holds-rubrics = You get only news from your sections.
holds-either = You get news on your topics and from your sections.
holds-all-first = You get all news; news on your topics comes at once and with sound.
holds-rubrics-first = You get news from your sections; news on your topics comes at once and with sound.
holds-urgent-always = Urgent news always comes.
holds-urgent-mine = Urgent news comes only if it is on your topics or from your sections.
unfollow-done = No longer following: { $words }
unfollow-none = You are not following: { $words }
button-mode-only = Only my topics
button-mode-also = All news

# Settings
settings-title = <b>Settings</b>
settings-done = Done.
cancelled = Nothing was changed.
door-comes = What comes
door-when = When
door-looks = How it looks
door-safety = Safety
field-state = News
field-language = Language
field-script = Alphabet
field-style = Story text
field-pictures = Pictures
field-sound = Sound
field-urgent = Urgent in quiet hours
field-digest = Digest
field-quiet = Quiet hours
field-timezone = Time zone
field-urgentPasses = Urgent news
field-following = Topics
field-rubrics = Sections
field-keep = Disappearing messages
field-articles = Articles
field-protect = Forwarding
field-neutral = Agency’s name
field-buttons = Buttons
field-hide = Hidden text
state-active = on
state-paused = paused
state-idle = off
value-none = none
value-nothing = all news
value-script-cyrillic = Cyrillic
value-script-lacinka = Łacinka
value-style-headline = headline
value-style-summary = summary
value-style-full = full text
value-sound-always = always
value-sound-never = never
value-sound-day = not at night
value-urgent-silent = silently
value-urgent-hold = after them
value-urgentPasses-always = always
value-urgentPasses-mine = only my topics
value-pictures-on = on
value-pictures-off = off
value-buttons-on = on
value-buttons-off = off
value-protect-on = not allowed
value-protect-off = allowed
value-neutral-on = left out
value-neutral-off = shown
value-articles-on = on
value-articles-off = off
value-hashtags-on = on
value-hashtags-off = off
value-pin-on = on
value-pin-off = off
value-hide-on = on
value-hide-off = off
value-keep-hours =
    { $hours ->
        [one] after { $hours } hour
       *[other] after { $hours } hours
    }
value-mode-only = only my topics
value-mode-also = all news
ask-script = Which alphabet should Belarusian be written in?
ask-style = How much of a story should I send?
ask-sound = Should news arrive with sound?
ask-urgent = What should happen to urgent stories in quiet hours?
ask-urgentPasses = Should urgent news from outside your topics and sections come too?
ask-hide = Hide the news until you press it? Then the chat list and the lock screen show none of it, but still the bot’s name.
ask-digest = At what hours should I send the day’s news in one message? Other hours: /digest 08:00 20:00
ask-quiet = At what hours should I not disturb you? Any other hours: /quiet 23:00-07:00
ask-timezone = Which city’s time should I go by? Any other city: /timezone Vilnius
ask-keep = After how many hours should messages be deleted, mine and yours? Any number up to 47: /keep 6. Telegram has a timer of its own, from a day to a year, that works without me on new messages: open this chat’s profile, its menu, Auto-Delete.
timer-set =
    { $days ->
        [one] Telegram’s timer is set here: { $days } day.
       *[other] Telegram’s timer is set here: { $days } days.
    }
usage-style = Like this: /style summary. There are headline, summary and full.
usage-digest = Like this: /digest 08:00 20:00, or /digest off
usage-quiet = Like this: /quiet 23:00-07:00, or /quiet off
usage-timezone = I do not know this city. Like this: /timezone Vilnius, or /timezone Europe/Vilnius
usage-hide = Like this: /hide on, or /hide off
usage-keep = Like this: /keep 6. From 1 to 47 hours, or /keep off
set-style = Done. Stories come like this: { $value }.
set-digest = Done. The digest comes at: { $value }
set-digest-off = Done. There is no digest; stories come as they are published.
set-quiet = Done. Only urgent news comes in these hours, silently: { $value }
set-quiet-held = Done. No news arrives in these hours: { $value }
set-quiet-off = Done. There are no quiet hours.
set-timezone = Done. Time zone: { $value }
set-hide = Done. Hidden text: { $value }. To read a story, press it.
set-hide-off = Done. Stories can be read at once again.
set-keep = Done. New messages disappear { $value }. Telegram’s own timer, for a day or longer, works without me: /keep says how to set it.
set-keep-off = Done. New messages do not disappear. Telegram’s own timer, for a day or longer, works without me: /keep says how to set it.
locate-ask = Press the button below. I only take the time zone from it and delete the message.
locate-button = Share my location

# Privacy
privacy-first = I keep only what it takes to send you news: this chat’s number (encrypted) and your settings.
privacy-nothing = I keep nothing about this chat.
privacy-language-only = All I keep about this chat is its number (encrypted) and the language you chose: for 30 days.
privacy-list = Here is everything you have set; the rest is as it was at the start:
privacy-messages = I also keep which story came here last and the numbers of recent messages, so that I can correct or delete them. I never keep their text.
privacy-leaving = These settings are deleted 30 days after you unsubscribed or last changed them.
privacy-numbers = I still keep the numbers of recent messages, for three days at most, so that /forget can delete them too.
privacy-former = From our former bot, which is gone, I still keep the number of this chat or of your Telegram account (encrypted), with settings. /forget deletes that too.
privacy-never = And nothing else: neither your name nor your phone number nor your messages.
privacy-honest = Telegram knows that you read this bot. Whoever gets hold of the bot’s token, its key to Telegram, can see who wrote here and what is still here. Delete the chat if your phone may be checked.
privacy-how = To delete everything at once, with the messages of the last 48 hours: /forget. A bot cannot delete older ones. Then delete the chat: that clears your devices. Telegram’s own timer works without me and beyond 48 hours, on messages that come after you set it: open this chat’s profile, its menu, Auto-Delete.
privacy-code = Your code for the operator: <code>{ $code }</code>

    Note it down away from this phone. If you can no longer use this chat, the operator of this bot can do with it what /forget does. It is good for nothing else.

    An earlier code no longer works. This message disappears in five minutes.
privacy-code-kept = Code for the operator: issued
forget-ask = Delete everything: the subscription, the settings and this chat’s messages of the last 48 hours? Telegram does not let bots delete older ones.
forgotten = I deleted everything I know of here from the last 48 hours; a bot cannot delete older messages. Delete this chat: that clears the rest from your devices.
forgetting = Deleting…
forgotten-soon = Telegram does not let me delete some messages yet. I keep trying for two days, and for that keep this chat’s number (encrypted). Everything else about you is forgotten.
forgotten-later = I deleted every message that I know of here from the last 48 hours. My storage takes no changes right now. When it does again, I will delete everything else about you. No need to ask again.

# Help and the rest
help-title = <b>What I can do</b>
help-more = Almost everything has a button: /settings
help-operators = <b>For operators</b>
wrote = You wrote: { $words }
unknown = Search the news, or see the commands: /help
flood = That is too many messages. I will be silent for a minute.
trouble = Something is not working right now. Please try again in a minute.
toast-stale = This button no longer works. Type /help
toast-foreign = Only administrators can use this.
toast-saved = Saved
toast-trouble = It did not work. Please try again in a minute
inline-subscribe = Subscribe to the news
inline-none = Nothing found

# Buttons
button-subscribe = Subscribe
button-latest = Latest news
button-settings = Settings
button-following = What I follow
button-unsubscribe = Unsubscribe
button-forget = Forget me
button-code = Code for the operator
button-keep = Disappearing messages
button-stay = Keep messages here
button-locate = By my location
button-topic-add = Add a topic
button-follow = Follow: { $words }
button-chosen = Topics and sections: { $chosen }
button-privacy = Privacy
button-more = More
button-back = Back
button-done = Done
button-cancel = Cancel
button-find = Search for: { $words }
button-help = All commands

# Telegram’s menu of commands and the bot’s descriptions
command-start = start, choose a language
command-latest = latest news
command-search = search the news
command-subscribe = subscribe
command-unsubscribe = unsubscribe
command-language = language
command-settings = all settings
command-style = how much of a story to send
command-follow = follow a name or a topic
command-unfollow = stop following
command-following = what you follow
command-digest = news in one message at set hours
command-quiet = quiet hours
command-timezone = time zone
command-keep = disappearing messages
command-articles = whole stories with pictures in one message
command-hide = hide the text of the news until you press it
command-channels = your channels and groups
command-privacy = what is stored about this chat
command-forget = delete everything about this chat
command-help = all commands
command-stats = numbers of subscriptions and messages
command-health = state of sources and sending
command-announce = a message to all, in three languages
command-urgent = mark a story as urgent
command-withdraw = take a story back in every chat
command-pause = pause sending
command-resume = resume sending
command-why = why a story did or did not arrive
about-long = News from { -agency } in Belarusian, Russian and English, right on Telegram, no VPN needed. No name, phone number or message of yours is kept.
about-short = News from { -agency } in three languages, no VPN needed.

# Operators
operator-readers = { $edition }: { $count } or more
operator-readers-few = { $edition }: under 20
operator-rate = Messages a second: { $rate }
operator-rate-none = Messages a second: no limit
operator-paused = Sending is paused: /resume
operator-running = Sending is running.
operator-version = Version: { $version }
operator-week = Stories in the last seven days, and how often they were sent
operator-source = { $edition }: last read at { $time }, stories listed: { $items }
operator-source-new = { $edition }: last new story at { $time }
operator-source-never = { $edition }: the source has not been read yet
operator-source-off = { $edition }: off, no source is set
operator-behind = { $edition }: chats waiting for news, up to { $count }
operator-flood = Telegram asks the bot to wait; sending goes on by itself
operator-limits = Limits reached within the last hour: { $limits }
operator-admitted = You are the operator now: /help lists your commands, and troubles are told here. Your chat id, { $id }, stands in .env as ADMIN_IDS.
operator-admitted-now = You are the operator until the next start: /help lists your commands. For good, put ADMIN_IDS={ $id } into the settings.
operator-announce-usage = Like this, each language on a line of its own, one or all three: /announce be: Тэкст
operator-announce-ask = This will go to all who read these editions. Send it?
operator-announce-long = Too long: at most 3,800 characters for all languages together (the Belarusian text counted in łacinka).
operator-announced = Sent.
operator-link-usage = Like this: { $command } link of the story
operator-no-story = I do not know this story.
operator-urgent = Marked as urgent. Those who have not received it will get it now.
operator-urgent-old = This story came out more than two days ago. By now nobody can tell who has it, and it would come to everybody again, so it is not made urgent.
operator-withdraw-ask = Take back “{ $headline }”? It disappears from lists and search.
operator-withdraw-everybody = Every chat that has it will see that it was withdrawn.
operator-withdraw-places = It is older than two days: the channels and groups that have it will see that it was withdrawn, readers only if it came to them within the last two days.
operator-withdraw-nobody = It is older than 30 days: wherever it was sent, it stays as it was.
operator-withdrawn-everybody = Taken back. The chats that have it will see so now.
operator-withdrawn-places = Taken back. The channels and groups that have it will see so now; readers only if it came to them within the last two days.
operator-withdrawn-nobody = Taken back: it is gone from lists and search. Wherever it was sent, it stays as it was.
operator-withdrawn = This story is withdrawn. Unless it is restored, nobody else gets it.
operator-withdrawn-before = This story is withdrawn already.
operator-no-fate = Nothing has been sent yet.
operator-fate = { $fate }: { $count } or more
operator-fate-few = { $fate }: under 20
fate-sent = sent
fate-found = asked Telegram whether it had arrived, and it had
fate-repeated = sent again, as nobody could tell whether it had arrived
fate-filtered = filtered out: other topics or sections
fate-held = waiting for its time
fate-held-quiet = held by quiet hours
fate-held-quiet-until = held by quiet hours until { $time }
fate-held-digest = kept for a digest
fate-held-digest-until = kept for the digest of { $time }
fate-edited = corrected in the chats
fate-refused = refused by Telegram ({ $reason })
operator-forget = /forget and a reader’s code — delete everything about their chat
operator-forget-forgotten = That chat is forgotten. Its messages of the last 48 hours go as far as Telegram lets a bot delete them.
operator-forget-unknown = This code does not work: it is mistyped, a newer code has been issued, or everything is deleted already.
operator-forget-too-many = Too many wrong codes. Please try again in an hour.
button-announce = Send to all
button-withdraw = Take it back everywhere

# Whole stories as articles
button-articles-on = Articles: show a sample
button-articles-off = Turn articles off
button-articles-confirm = I see it, turn on
articles-are-on = Whole stories and digests come as articles.
articles-are-off = A whole story can come as an article: with pictures, quotes and subheads. A digest is all stories in one message.
articles-sample = This is a whole story; a digest is all stories of the day in one message, each under its headline. If you see this, your Telegram can show it.
articles-not-here = Articles cannot be shown here. News comes as before.
articles-hidden = Articles and hidden text do not work together. Switch hidden text off first, then articles on.
articles-place = This is how a post would look. Readers with an old Telegram would only see that the message is not supported.
set-articles-on = Done. Whole stories and digests will be articles.
set-articles-off = Done. News comes as plain text again.
