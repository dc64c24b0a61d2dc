"""What the warehouse can do."""
