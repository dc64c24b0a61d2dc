"""What happened with a customer, told by every module and read from the log."""
