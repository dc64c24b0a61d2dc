"""Tasks: what a person is asked to do on a day; one engine for every module."""
