"""The OpenAPI document, its locally served page, and the blueprints of core and modules."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import flask_smorest
from flask import Flask, Response, send_from_directory
from flask_swagger_ui import __file__ as swagger_ui

from core.api.fields import MoneyField, PercentField, QuantityField


class Api(flask_smorest.Api):
    """flask-smorest, with errors left to core.api.problems."""

    def _register_error_handlers(self) -> None:
        """Leave errors to the one place that knows the user's language."""


def init_app(app: Flask, blueprints: Iterable[flask_smorest.Blueprint]) -> Api:
    """Publish the blueprints and the document that describes them."""
    app.config.update(
        API_TITLE="Lamplit",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
        OPENAPI_SWAGGER_UI_PATH="/docs",
        OPENAPI_SWAGGER_UI_URL="/api/v1/_ui/",
    )
    api = Api(app, spec_kwargs=_security())
    for field in (MoneyField, QuantityField, PercentField):
        api.register_field(field, "string", None)
    dist = Path(swagger_ui).parent / "dist"

    @app.get("/api/v1/_ui/<path:name>")
    def swagger_asset(name: str) -> Response:
        """Serve the documentation page's files from their wheel."""
        return send_from_directory(dist, name)

    for blueprint in blueprints:
        api.register_blueprint(blueprint)
    return api


def _security() -> dict[str, Any]:
    return {
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }
