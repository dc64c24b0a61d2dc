"""The fixtures that Lamplit offers to every module's author."""

pytest_plugins = ["core.testing.fixtures"]
