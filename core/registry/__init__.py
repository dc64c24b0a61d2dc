"""Which modules exist, which are switched on, and what each contributes to the shell."""
