"""What every department shares: people, customers, products, deals, tasks, the shell."""
