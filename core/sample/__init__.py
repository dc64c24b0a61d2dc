"""A sample company that has been at work for some weeks, so that a newcomer sees life."""

from core.sample.company import is_unfinished, load_sample

__all__ = ["is_unfinished", "load_sample"]
