"""What service can do: complaints and follow-ups."""
