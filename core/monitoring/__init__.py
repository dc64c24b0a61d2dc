"""What those who run Lamplit may ask it: whether it lives, is ready, and how it does."""
