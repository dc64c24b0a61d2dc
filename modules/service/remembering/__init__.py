"""How service finds whom to call, and why: one file for each kind of promise."""
