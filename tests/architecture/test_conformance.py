"""Every department keeps to what the others rely on."""

import pytest

from core.registry.discovery import discover
from core.testing.conformance.suite import faults


@pytest.mark.parametrize("name", sorted(discover()))
def test_a_department_conforms(app, name):
    module = app.extensions["lamplit_modules"][name]

    assert faults(module, app) == []
