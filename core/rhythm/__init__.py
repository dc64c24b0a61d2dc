"""How often a customer buys, when she will buy again, and whether she is going away."""
