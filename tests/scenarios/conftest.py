"""The company that the stories are about."""

import pytest

from .company import Company


@pytest.fixture
def company(app, api_as, bus_idle):
    """A company with a customer, tea at 100 and cups at 33.33, and nothing in stock yet."""
    return Company(app, api_as, bus_idle)
