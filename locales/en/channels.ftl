# /channels: the ways to bind a place
channels-title = <b>Your channels and groups</b>
channels-former = Our former bot, which is gone, ran { $count ->
    [one] { $count } channel or group
   *[other] { $count } channels and groups
 } of yours. Add me there, and I will go on where it stopped, with the same settings.
channels-none = You have not set up a channel or group here yet.
channels-pick = Choose a channel or group with the buttons below. In a channel I ask only for the right to post.
channels-ways = Or forward a post from it here, or send its @name.
channels-in-group = The news here is set up in our private chat.
channels-topic = { $title }, topic { $number }
button-pick-channel = Choose a channel
button-pick-group = Choose a group
button-channels-add = Add a channel or group
button-channels-list = My channels
button-set-up = Set up
button-check = Check again
button-add-to-channel = Add me to the channel
button-add-to-group = Add me to the group

# Why a place cannot be set up, and what to press
obstacle-unseen = I do not see this chat. Choose it with the buttons under /channels, or add me to it as an administrator; then it is found even if it is private.
obstacle-person = This is a person or a bot. A channel or a group is needed.
obstacle-absent-channel = I am not in this channel. Open it: Administrators, Add Admin, choose me, leave Post Messages on, save.
obstacle-absent-group = I am not in this group. Open it: Add Members, choose me.
obstacle-not_admin = Only administrators can set this up. Ask the owner to make you one: Administrators, Add Admin.
obstacle-may_not_post = You are an administrator there without the right to post. Ask the owner: Administrators, your name, Post Messages on.
obstacle-unsure = Telegram does not answer right now. Please try again in a minute.
obstacle-mute-channel = I may not post there. Open the channel: Administrators, choose me, switch Post Messages on, save.
obstacle-mute-group = I may not write there. Open the group: Permissions, allow Send Messages, or make me an administrator.

# The card
card-choose = In which language should I post? The first story after your choice comes by itself.
card-linked = The posts of the linked channel already appear in this group. If you turn the news on here too, each story comes twice.
card-slow = This group has slow mode on: I post no more often than it allows, and several stories come together. It does not bind administrators.
card-forum = To post into one topic, send /channels there.
card-state-active = News: on
card-state-paused = News: paused
card-state-rights = News: paused, because I may not post
card-state-topic = News: paused, because the topic is closed or gone
card-state-idle = News: off
field-signature = Signature
field-hashtags = Hashtags
field-pin = Pin urgent news
field-filter = Topics
button-preview = Show a post
button-pause = Pause
button-go-on = Resume
button-unbind = Unbind
button-unbind-sure = Yes, unbind
button-filter-add = Add a topic
button-filter-clear = Remove
button-other = Other
button-to-card = Back to the card
card-ask-digest = At what hours should the day’s news come in one post?
card-ask-quiet = At what hours should readers not be disturbed?
card-ask-timezone = Which city’s clock should I use?
card-ask-keep = After how many hours should posts be deleted?
card-ask-urgent = What should happen to urgent stories in quiet hours?
card-holds-all = Everything is posted.
card-holds-topics = Only stories on these topics are posted.
card-holds-rubrics = Only stories from the chosen sections are posted.
card-holds-either = Stories on these topics and from the chosen sections are posted.
card-holds-all-first = Everything is posted; stories on these topics at once and with sound.
card-holds-rubrics-first = Stories from the chosen sections are posted; those on these topics at once and with sound.
card-urgent-always = Urgent stories are always posted.
card-urgent-mine = Urgent stories are posted only if they are among these.
card-filter = To remove a topic, press it; to add one, send it.
card-filter-none = There are no topics. Send me a name or a topic, and only stories about it will be posted.
card-filter-more = There are no topics. Send me a name or a topic, and stories about it will be posted too.
card-rubrics = Which sections should be posted? None chosen means all.
card-rubrics-besides = Which sections should be posted besides the topics?
card-rubrics-none = No sections are known yet: there has been no news.
card-signature = A line under each post: plain text with one link at most.
card-signature-none = There is no signature.
card-signature-now = Now: { $line }
card-type-signature = Send me the line as a message. Write the link in full, or make words of it a link.
card-type-filter = Send me a name or a topic; put commas between several.
card-type-digest = Send me the hours: 08:00 20:00
card-type-quiet = Send me the hours: 23:00-07:00
card-type-timezone = Send me the city: Vilnius
card-wrong-signature = One line is needed, up to 200 characters, with one link at most. Send it once more.
card-wrong-filter = A topic has from 2 to 60 characters, and there are { $limit } topics at most. Send it once more.
card-wrong-digest = I do not understand these hours. Send them like this: 08:00 20:00
card-wrong-quiet = I do not understand these hours. Send them like this: 23:00-07:00
card-wrong-timezone = I do not know this city. Send it like this: Vilnius, or Europe/Vilnius
card-pin-channel = To pin posts I need one more right. Open the channel: Administrators, choose me, switch Edit Messages on, save. Then press here again.
card-pin-group = To pin posts I need one more right. Open the group: Administrators, choose me, switch Pin Messages on, save. Then press here again.
card-preview-none = There is no story yet that would be posted.
card-unbind-ask = Stop the news there? The settings are kept for 30 days.
card-unbound = Unbound. The settings are kept for 30 days; to start again, choose the language.
card-started = Done. The next story will be posted.
card-paused = Paused. Nothing will be missed.
card-resumed = Posting again.

# A word to the owner
owner-rights-channel = I may not post in this channel any more, so the news is paused. Open the channel: Administrators, choose me, switch Post Messages on. What was missed comes then by itself.
owner-rights-group = I may not write in this group any more, so the news is paused. Open the group: Permissions, allow Send Messages, or make me an administrator.
owner-topic = This topic no longer exists, so its news is paused. If it does exist, press the button.
owner-topic_closed = This topic is closed, so its news is paused. When it is open again, I go on posting.
owner-pin-channel = I may not pin posts in this channel any more, so pinning is off. To have it back: Administrators, choose me, Edit Messages; then switch it on here.
owner-pin-group = I may not pin posts in this group any more, so pinning is off. To have it back: Administrators, choose me, Pin Messages; then switch it on here.
owner-removed = I was removed from here. The settings are kept for 30 days: add me again, and I go on posting.
owner-back = The news goes on here.

# About owners, in /privacy
privacy-owner = Your channels and groups: { $count }. With each I keep your number (encrypted) and your language, so that I can tell you when it needs you.
privacy-owners = I also keep the numbers (encrypted) and languages of the administrators who set me up here: { $count }.
