"""What is declared, with every module of ours loaded."""

import pytest

from core.registry.discovery import discover
from core.registry.wiring import load_declarations


@pytest.fixture(scope="session")
def modules():
    """Our own modules, their events, readings and tables declared."""
    found = discover()
    load_declarations(found.values())
    return found
