# Names that every text shares.
-pozirk = Pozirk
-plus = POZIRK+
