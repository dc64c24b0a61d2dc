"""What the departments tell one another: a page for people, a document for programs."""
