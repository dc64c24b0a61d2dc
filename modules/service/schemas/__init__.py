"""Service's JSON and forms."""
