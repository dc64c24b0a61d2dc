"""Products: what is sold, at which price, and what the warehouse must note of each piece."""
