"""Days that matter to people: lunar days, birthdays, working days and hours. Knows no database."""
