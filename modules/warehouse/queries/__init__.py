"""What the warehouse can look up."""
