"""A module in which nearly everything is wrong, to show that the conformance suite sees it."""

VERSION = 1
