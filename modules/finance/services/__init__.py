"""What finance can do; a service never commits, its edge does."""
