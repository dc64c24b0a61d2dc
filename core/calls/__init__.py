"""Who is calling: her card is on the screen of the person called before a word is said."""
