"""Words without a database: for the parts of the core that know none."""

import pytest
from flask import Flask
from flask_babel import Babel, force_locale

from core.catalogues import compile_catalogues
from core.config import CHECKOUT


@pytest.fixture(scope="session")
def speaker():
    """An application that can do nothing but speak our languages."""
    catalogues = str(CHECKOUT / "core" / "translations")
    compile_catalogues([catalogues])
    app = Flask(__name__)
    Babel(app, default_translation_directories=catalogues)
    return app


@pytest.fixture
def spoken_english(speaker):
    with speaker.app_context(), force_locale("en"):
        yield


@pytest.fixture
def spoken_chinese(speaker):
    with speaker.app_context(), force_locale("zh_Hans_CN"):
        yield
