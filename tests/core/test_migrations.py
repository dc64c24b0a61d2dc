"""The core's migrations make exactly the tables that the code uses, and can be taken back."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Uuid, column, insert, select, table

from core.clock import now
from core.columns import UtcDateTime
from core.customers.models import Customer, CustomerContact
from core.db import Base, db
from core.ids import new_id
from core.registry.migrations import parts
from core.search import index

# Columns and indexes that only one dialect understands are not compared.
_OWN = {"ix_core_search_row_grams"}


def _core():
    return next(part for part in parts([]) if part.name == "core")


def test_the_migrated_tables_are_the_declared_ones(app):
    def ours(_object, name, kind, reflected, _other):
        if kind == "table":
            return name.startswith("core_") and not (reflected and name.startswith("core_search"))
        return name not in _OWN

    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_object": ours, "version_table": _core().version_table},
        )
        assert compare_metadata(context, Base.metadata) == []


def test_cards_from_before_the_whole_card_are_kept(app):
    with app.app_context():
        config = _core().config(db.engine)
        command.downgrade(config, "core_0002")
        old = table(
            "core_customer",
            *(column("id", Uuid), column("name"), column("sort_name"), column("note")),
            *(column("version"), column("created_at", UtcDateTime)),
        )
        id_ = new_id()
        with db.engine.begin() as connection:
            connection.execute(insert(old).values((id_, "赵敏", "zhaomin", "", 1, now())))

        command.upgrade(config, "head")

        row = db.session.get(Customer, id_)
        assert (row.name, row.kind, row.stage, row.opted_out) == (
            "赵敏",
            "person",
            "prospect",
            False,
        )


def test_numbers_of_contacts_from_before_are_compared(app):
    """Whoever of a family calls is known, also on cards that were entered long ago."""
    with app.app_context():
        config = _core().config(db.engine)
        command.downgrade(config, "core_0010")
        card, contact = new_id(), new_id()
        old = table("core_customer", *(column(name) for name in _CARD), column("id", Uuid),
                    column("created_at", UtcDateTime))  # fmt: skip
        people = table("core_customer_contact", column("id", Uuid), column("customer_id", Uuid),
                       column("position"), column("phone"))  # fmt: skip
        with db.engine.begin() as connection:
            connection.execute(insert(old).values(
                id=card, name="李丽", sort_name="lili", note="", version=1, created_at=now()
            ))  # fmt: skip
            for position, phone in enumerate(("139 0013 9000", "")):
                connection.execute(insert(people).values(
                    id=contact if phone else new_id(), customer_id=card, position=position,
                    phone=phone,
                ))  # fmt: skip

        command.upgrade(config, "head")

        rows = db.session.scalars(select(CustomerContact).order_by(CustomerContact.position))
        assert [row.number for row in rows] == ["+8613900139000", ""]
        assert db.session.get_one(CustomerContact, contact).phone == "139 0013 9000"


_CARD = ("name", "sort_name", "note", "version")


def test_what_was_findable_before_is_found_by_threes(app, acting):
    """What was put into the index long ago is found like what is put today."""
    with app.app_context():
        config = _core().config(db.engine)
        command.downgrade(config, "core_0011")
        old = table("core_search_row", *(column(name) for name in _ENTRY))
        row = dict(zip(_ENTRY, ("order", "X1", "X1", "", "a123 345678 zhang", _PAIRS), strict=True))
        with db.engine.begin() as connection:
            connection.execute(insert(old).values(row))

        command.upgrade(config, "head")

    with acting("admin"):
        index.put("order", "X2", "X2", ["345679"])
        found = {
            q: sorted(each.ref for each in index.find(q)) for q in ("34567", "123", "12334", "hang")
        }
    assert found == {"34567": ["X1", "X2"], "123": ["X1"], "12334": [], "hang": ["X1"]}


_ENTRY = ("kind", "ref", "title", "subtitle", "folded", "grams")
_PAIRS = "kindorder a1 12 23 3 34 45 56 67 78 8 zh ha an ng g 1 2 3 4 5 6 7 8 a g h n z"
