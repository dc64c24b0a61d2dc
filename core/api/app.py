"""The OpenAPI document, its locally served page, and the blueprints of core and modules."""

from collections.abc import Iterable
from http import HTTPStatus
from pathlib import Path
from typing import Any

import flask_smorest
from apispec import BasePlugin
from flask import Flask, Response, render_template, send_from_directory, url_for
from flask_swagger_ui import __file__ as swagger_ui
from marshmallow import INCLUDE, RAISE, fields
from werkzeug.routing import Rule

from core.api.fields import MoneyField, PercentField, QuantityField
from core.api.idempotency import LONGEST_KEY, repeatable, wants_key
from core.people.identity import public
from core.schemas import Schema


class FieldErrorSchema(Schema):
    """What is wrong with one field."""

    field = fields.String(required=True)
    message = fields.String(required=True)


class ProblemSchema(Schema):
    """Why a request was refused; a rule adds facts of its own, such as the new balance."""

    type = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True)
    title = fields.String(required=True, metadata={"description": "In the user's language."})
    errors = fields.List(fields.Nested(FieldErrorSchema), required=True)

    class Meta:
        unknown = INCLUDE


class Api(flask_smorest.Api):
    """flask-smorest, with errors left to core.api.problems."""

    ERROR_SCHEMA = ProblemSchema

    def _register_responses(self) -> None:
        """Describe every refusal as the problem that core.api.problems answers."""
        described = {status.name: status.phrase for status in HTTPStatus if status >= 400}
        for name, phrase in {**described, "DEFAULT_ERROR": "Refused"}.items():
            content = {"application/problem+json": {"schema": self.ERROR_SCHEMA}}
            response = {"description": phrase, "content": content}
            self.spec.components.response(name, response, lazy=True)

    def _register_error_handlers(self) -> None:
        """Leave errors to the one place that knows the user's language."""

    def _openapi_swagger_ui(self) -> str:
        """Show the document by a page of ours: no script inside a page may run."""
        return render_template(
            "web/api.html",
            title=self.spec.title,
            spec_url=url_for("api-docs.openapi_json"),
            swagger_ui_url=self._swagger_ui_url,
        )


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
    # A filter that is misspelt would else be taken for none, and everything be listed.
    parser = flask_smorest.Blueprint.ARGUMENTS_PARSER
    parser.DEFAULT_UNKNOWN_BY_LOCATION = {**parser.DEFAULT_UNKNOWN_BY_LOCATION, "query": RAISE}
    api = Api(app, spec_kwargs=_security(app))
    for field in (MoneyField, QuantityField, PercentField):
        api.register_field(field, "string", None)
    dist = Path(swagger_ui).parent / "dist"

    @app.get("/api/v1/_ui/<path:name>")
    @public
    def swagger_asset(name: str) -> Response:
        """Serve the documentation page's files from their wheel."""
        return send_from_directory(dist, name)

    for blueprint in blueprints:
        api.register_blueprint(blueprint)
    for endpoint in _posts(app):
        if not wants_key(app.view_functions[endpoint]):
            app.view_functions[endpoint] = repeatable(app.view_functions[endpoint])
    return api


def _posts(app: Flask) -> set[str]:
    """The endpoints of the REST interface that are posted to."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/") and "POST" in (rule.methods or ())
    }


class _OnceOnly(BasePlugin):
    """Describes the header that makes a repeated request one act."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def operation_helper(
        self, path: str | None = None, operations: dict[Any, Any] | None = None, **more: Any
    ) -> None:
        """Add the header to whatever is posted."""
        rule: Rule | None = more.get("rule")
        if rule is not None and operations and "post" in operations:
            view = self._app.view_functions[rule.endpoint]
            header = {
                "name": "Idempotency-Key",
                "in": "header",
                "required": wants_key(view),
                "schema": {"type": "string", "maxLength": LONGEST_KEY},
                "description": "A new value for each act, such as a UUID. The same key with the "
                "same body gets the first answer again.",
            }
            operations["post"].setdefault("parameters", []).append(header)


def _security(app: Flask) -> dict[str, Any]:
    return {
        "extra_plugins": [_OnceOnly(app)],
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }
