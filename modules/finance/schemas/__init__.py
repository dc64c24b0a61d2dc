"""What finance is told and shows, as JSON and as forms."""
