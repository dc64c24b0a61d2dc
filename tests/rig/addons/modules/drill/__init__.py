"""A department for fire drills: it writes down what it hears, and makes trouble when asked to."""
