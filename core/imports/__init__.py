"""Imports: real files, as other programs and people write them, checked whole and then taken in."""
