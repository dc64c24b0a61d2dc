"""What finance can look up."""
