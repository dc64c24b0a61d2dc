"""Promises: rules by which the company remembers its customers, and the tasks they make."""
