"""The log of what happened and who was told, as administrators see it."""
