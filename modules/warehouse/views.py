"""Screens of the warehouse: what to ship, the board, one shipment, and its acts."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core.api import idempotent
from core.deals.queries import Picture, deal, deal_id
from core.errors import DomainError
from core.papers.answers import pdf_answer
from core.people.identity import requires
from core.products.queries import product
from core.search.kinds import Kind, search_kind
from core.text import tidy
from core.web.forms import Form, answer, blank_form, read_form
from modules.warehouse import screens
from modules.warehouse.edge import chosen, settling
from modules.warehouse.models import DELIVERED, SHIPPED
from modules.warehouse.papers import delivery_note
from modules.warehouse.queries import cards, expected, outside, shipments, stages, stock
from modules.warehouse.schemas import DeliverSchema, ReceiptSchema, ReturnSchema, ShipSchema
from modules.warehouse.services.delivering import deliver
from modules.warehouse.services.receiving import receive_goods
from modules.warehouse.services.returning import take_back
from modules.warehouse.services.shipping import ship

bp = Blueprint("warehouse", __name__, url_prefix="/warehouse", template_folder="templates")
PAGE = 30
#: How many cards a column of the board shows; the list shows all.
COLUMN = 12

search_kind(
    Kind(
        "serial",
        _l("Serial number"),
        "upc-scan",
        lambda ref: url_for("warehouse.serial", piece_id=ref),
        40,
    )
)


@bp.app_template_global("warehouse_place")
def place(location: str) -> str:
    """Name a place in stock."""
    return screens.place(location)


@bp.get("")
@requires("warehouse.work")
def home() -> str:
    """List what is to leave, or what stands at another stage."""
    stage = request.args.get("stage", stages.TO_SHIP)
    stage = stage if stage in stages.STAGES else stages.TO_SHIP
    q, after = request.args.get("q", ""), request.args.get("after")
    if stage in (stages.ON_THE_WAY, stages.DONE):
        state = SHIPPED if stage == stages.ON_THE_WAY else DELIVERED
        page = shipments.latest(state, q=q, limit=PAGE, after=after)
    else:
        page = shipments.shipments(stage=stage, q=q, limit=PAGE, after=after)
    return render_template(
        "warehouse/home.html",
        stage=stage,
        q=q,
        counts=shipments.counts(),
        cards=cards.cards(page.items),
        next=page.next,
        coming=expected.expected_count(),
        charts_of=screens.charts(),
    )


@bp.get("/board")
@requires("warehouse.work")
def board() -> str:
    """Show three columns: to ship, on the way, delivered."""
    columns = [
        (stages.TO_SHIP, shipments.shipments(stage=stages.TO_SHIP, limit=COLUMN)),
        (stages.ON_THE_WAY, shipments.latest(SHIPPED, limit=COLUMN)),
        (stages.DONE, shipments.latest(DELIVERED, limit=COLUMN)),
    ]
    return render_template(
        "warehouse/board.html",
        columns=[(stage, cards.cards(page.items)) for stage, page in columns],
        counts=shipments.counts(),
    )


@bp.get("/shipments/<uuid:shipment_id>")
@requires("warehouse.work")
@settling
def shipment(shipment_id: UUID) -> ResponseReturnValue:
    """Show one shipment with what is to be done with it."""
    card = cards.card(shipments.shipment(shipment_id))
    return _shipment_page(card, blank_form(screens.everything(card)))


@bp.post("/shipments/<uuid:shipment_id>/ship")
@requires("warehouse.work")
@settling
@idempotent
def ship_goods(shipment_id: UUID) -> ResponseReturnValue:
    """Send off what was entered."""
    form = chosen(ShipSchema())
    if form.ok:
        # A program that names no lines means all of them; a person who empties all means none.
        wanted = {**form.data, "lines": form.data["lines"] or []}
        try:
            dispatch = ship(shipment_id, **wanted)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(_("Shipped. Delivery note %(number)s.", number=dispatch.document), "good")
            return redirect(url_for("warehouse.shipment", shipment_id=shipment_id), 303)
    return _shipment_page(cards.card(shipments.shipment(shipment_id)), form)


@bp.post("/shipments/<uuid:shipment_id>/deliver")
@requires("warehouse.work")
@settling
def deliver_goods(shipment_id: UUID) -> ResponseReturnValue:
    """Confirm in one tap that the customer has it."""
    form = read_form(DeliverSchema())
    try:
        deliver(shipment_id, **form.data)
    except DomainError as refusal:
        flash(refusal.message(), "bad")
    else:
        flash(_("Delivered. Everybody sees it now."), "good")
    return redirect(_back(shipment_id), 303)


@bp.get("/shipments/<uuid:shipment_id>/delivery-note")
@requires("warehouse.work")
def note(shipment_id: UUID) -> Response:
    """Print the delivery note."""
    card = cards.card(shipments.shipment(shipment_id))
    prices = request.args.get("prices") != "no"
    return pdf_answer(delivery_note(card, prices=prices), card.document)


@bp.get("/receipts/new")
@requires("warehouse.work")
def new_receipt() -> ResponseReturnValue:
    """Show an empty form for goods that arrived."""
    sku = request.args.get("sku", "")
    lines = [{"sku": sku, "sku-shown": product(sku).name}] if sku else []
    return answer("warehouse/receipt_form.html", blank_form({"lines": lines}))


@bp.post("/receipts/new")
@requires("warehouse.work")
@idempotent
def receive() -> ResponseReturnValue:
    """Take goods into stock."""
    form = read_form(ReceiptSchema())
    if form.ok:
        try:
            receipt = receive_goods(**form.data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(_("In stock. Goods receipt %(number)s.", number=receipt.number), "good")
            for warning in screens.warnings(receipt.number):
                flash(warning, "bad")
            return redirect(url_for("warehouse.journal", q=receipt.number), 303)
    return answer("warehouse/receipt_form.html", form)


@bp.get("/returns/new")
@requires("warehouse.work")
@settling
def new_return() -> ResponseReturnValue:
    """Ask for the order, then show what the customer has of it."""
    number = tidy(request.args.get("order", "")).upper()
    if not number:
        return answer("warehouse/return_order.html", blank_form(), coming=expected.expected())
    picture = deal(number)
    form = blank_form(screens.with_customer(picture, request.args.get("shipment", "")))
    return _return_page(form, picture)


@bp.post("/returns/new")
@requires("warehouse.work")
@settling
@idempotent
def return_goods() -> ResponseReturnValue:
    """Take goods back."""
    number = tidy(request.form.get("order", "")).upper()
    form = chosen(ReturnSchema())
    if form.ok:
        wanted = {**form.data}
        try:
            back = take_back(deal_id(wanted.pop("order")), wanted.pop("lines"), **wanted)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(_("Taken back. Return %(number)s.", number=back.number), "good")
            return redirect(url_for("warehouse.journal", q=back.number), 303)
    return _return_page(form, deal(number))


@bp.get("/stock", endpoint="stock")
@requires("warehouse.work")
def stock_list() -> str:
    """List products with what is there and what is promised."""
    q = request.args.get("q", "")
    page = stock.on_hand(q=q, limit=PAGE, after=request.args.get("after"))
    return render_template("warehouse/stock.html", q=q, page=page)


@bp.get("/stock/<path:sku>")
@requires("warehouse.work")
def stock_of(sku: str) -> str:
    """Show what lies where of a product, and how it came there."""
    row = product(sku)
    return render_template(
        "warehouse/stock_of.html",
        product=row,
        on_hand=stock.on_hand_of(row),
        items=stock.stock_items(sku=row.sku, limit=200).items,
        page=stock.moves(sku=row.sku, limit=PAGE, after=request.args.get("after")),
    )


@bp.get("/journal")
@requires("warehouse.work")
def journal() -> str:
    """List every move of goods, newest first."""
    q, reason = request.args.get("q", ""), request.args.get("reason", "")
    page = stock.moves(q=q, reason=reason, limit=PAGE, after=request.args.get("after"))
    return render_template("warehouse/journal.html", q=q, reason=reason, page=page)


@bp.get("/serials/<uuid:piece_id>")
@requires("core.deals")
def serial(piece_id: UUID) -> str:
    """Show one piece: its lot, whose it is, where it has been."""
    row = stock.serial(piece_id)
    return render_template(
        "warehouse/serial.html",
        piece=row,
        product=product(row.sku),
        moves=stock.moves_of_piece(row),
        warranty=screens.warranty(row),
    )


def _shipment_page(card: cards.Card, form: Form) -> tuple[str, int]:
    return answer(
        "warehouse/shipment.html",
        form,
        card=card,
        picture=card.picture,
        steps=screens.steps(card),
        **screens.kept_by(line.sku for line in card.lines),
        others=[row for row in shipments.of_deal(card.deal_id) if row.id != card.id],
    )


def _return_page(form: Form, picture: Picture) -> tuple[str, int]:
    kept_by = screens.kept_by(line.sku for line in picture.lines)
    notes = outside.notes_by_line(picture.deal_id)
    return answer("warehouse/return_form.html", form, picture=picture, notes=notes, **kept_by)


def _back(shipment_id: UUID) -> str:
    """Return to the page on which the button was pressed."""
    if request.form.get("at") == "board":
        return url_for("warehouse.board")
    if request.form.get("at") == "list":
        return url_for("warehouse.home", stage=stages.ON_THE_WAY)
    return url_for("warehouse.shipment", shipment_id=shipment_id)
