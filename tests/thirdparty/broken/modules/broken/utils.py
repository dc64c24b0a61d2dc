"""Anything."""

ANSWER = 42
