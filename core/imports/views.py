"""Screens for imports: bring a file, see what is wrong with it, let it be taken in."""

import io
from uuid import UUID

from babel.numbers import list_currencies
from flask import (
    Blueprint,
    Response,
    after_this_request,
    current_app,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from core.company import company
from core.errors import Forbidden
from core.imports import services, shelf
from core.imports.background import clerk
from core.imports.importer import Importer, allowed_importers, importer_of
from core.imports.models import ImportRow
from core.imports.queries import import_called, newest_imports
from core.imports.writing import CsvWriter, XlsxWriter
from core.people import current_person, may
from core.web.forms import Form, answer

bp = Blueprint("imports", __name__, url_prefix="/imports", template_folder="templates")

#: Bad cells shown on the page; the whole list can be taken along as a file.
SHOWN = 200


@bp.get("")
def index() -> ResponseReturnValue:
    """Show what was imported, and the form for the next file."""
    return _index_page(Form(values={"currency": company().currency}))


@bp.post("")
def upload() -> ResponseReturnValue:
    """Keep a file and have it checked."""
    typed = {name: text.strip() for name, text in request.form.items()}
    file = request.files.get("file")
    form = Form(values=typed, errors=_wrong(typed, file))
    if not form.ok or file is None:
        return _index_page(form)
    _importer(typed["kind"])
    row = services.open_import(
        typed["kind"],
        shelf.keep(file.stream),
        file_name=file.filename or "",
        currency=typed["currency"].upper(),
        language=str(get_locale()),
        by=current_person(),
    )
    return _hand_over(row)


@bp.get("/<uuid:import_id>")
def show(import_id: UUID) -> ResponseReturnValue:
    """Show how an import stands, and every bad row as far as they fit."""
    row = _import(import_id)
    importer = importer_of(row.kind)
    problems = list(shelf.problems(import_id, SHOWN + 1)) if row.state == "refused" else []
    head = shelf.head_of(row, importer)
    columns = importer.sheet.columns
    return render_template(
        "imports/show.html",
        row=row,
        importer=importer,
        used=[columns[name].label for name in head.places] if head else [],
        unused=head.unused if head else [],
        problems=problems[:SHOWN],
        more=len(problems) > SHOWN,
    )


@bp.post("/<uuid:import_id>/start")
def start(import_id: UUID) -> ResponseReturnValue:
    """Let a checked file be taken in, or one that has stopped go on."""
    _import(import_id)
    return _hand_over(services.start(import_id, current_person()))


@bp.get("/<uuid:import_id>/problems.csv")
def problem_file(import_id: UUID) -> Response:
    """Give the whole list of bad rows, to work through beside the file."""
    row = _import(import_id)
    name = _("%(file)s - to correct.csv", file=row.file_name)
    return send_file(
        shelf.problem_file(import_id), CsvWriter.media_type, as_attachment=True, download_name=name
    )


@bp.get("/example/<kind>.xlsx")
def example(kind: str) -> Response:
    """Give an empty file with the right columns."""
    importer = _importer(kind)
    target = io.BytesIO()
    writer = XlsxWriter(target, str(importer.title))
    writer.row(str(column.label) for column in importer.sheet.columns.values())
    writer.close()
    target.seek(0)
    return send_file(
        target, writer.media_type, as_attachment=True, download_name=f"{importer.title}.xlsx"
    )


def _index_page(form: Form) -> ResponseReturnValue:
    allowed = _allowed()
    form.values.setdefault("kind", allowed[0].kind)
    return answer(
        "imports/index.html",
        form,
        importers=allowed,
        kinds=[(each.kind, each.title, each.icon) for each in allowed],
        titles={each.kind: each.title for each in allowed},
        imports=newest_imports([each.kind for each in allowed]),
    )


def _wrong(typed: dict[str, str], file: FileStorage | None) -> dict[str, list[str]]:
    errors = {}
    if typed.get("kind") not in {each.kind for each in _allowed()}:
        errors["kind"] = [_("Choose what the file contains.")]
    if file is None or not file.filename:
        errors["file"] = [_("Choose a CSV or XLSX file.")]
    if typed.get("currency", "").upper() not in list_currencies():
        errors["currency"] = [_("Enter a currency by its three letters, such as CNY.")]
    return errors


def _hand_over(row: ImportRow) -> ResponseReturnValue:
    """Let the clerk go on with it once this request's transaction is committed."""
    import_id, page = row.id, url_for("imports.show", import_id=row.id)
    desk = clerk(current_app._get_current_object())  # type: ignore[attr-defined]

    @after_this_request
    def go_on(response: Response) -> Response:
        desk.hand_over(import_id)
        return response

    return redirect(page, 303)


def _allowed() -> list[Importer[object]]:
    found = allowed_importers()
    if not found:
        raise Forbidden
    return found


def _importer(kind: str) -> Importer[object]:
    importer = importer_of(kind)
    if not may(importer.permission):
        raise Forbidden(permission=importer.permission)
    return importer


def _import(import_id: UUID) -> ImportRow:
    row = import_called(import_id)
    _importer(row.kind)
    return row
