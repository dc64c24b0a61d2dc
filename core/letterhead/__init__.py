"""What the company says of itself on papers, messages and public pages; the owner writes it."""
