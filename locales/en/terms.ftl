# Where a newsroom has no name for its subscription.
-plus = subscribers
