"""The tests use the fixtures that Lamplit offers to every module's author."""

pytest_plugins = ["core.testing.fixtures"]


def pytest_addoption(parser):
    parser.addoption(
        "--keep-samples", action="store_true", help="keep events whose shape is new (make samples)"
    )
