"""From a file to records: checked whole, taken in by chunks, killed, gone on with, run again."""

import io
import time
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from core.customers.models import Customer, CustomerPhone
from core.db import reading, unit_of_work
from core.imports import runs, services, shelf
from core.imports.background import clerk
from core.imports.importer import importer_of
from core.imports.models import ImportRow
from core.imports.queries import abandoned
from core.products.models import Product
from core.search.models import SearchRow

CUSTOMERS = "客户编号,客户名称,电话,地址,联系人,备注\n" + "".join(
    f"C{number:05},第{number}家有限公司,1380013{number:04},世纪大道 {number} 号,王经理,\n"
    for number in range(1, 301)
)


@pytest.fixture
def opened(app):
    """Bring a file in as the screen does, and return its import's id."""

    def open_file(text: str, kind: str = "customers", language: str = "en") -> UUID:
        with unit_of_work(app):
            digest = shelf.keep(io.BytesIO(text.encode()))
            return services.open_import(
                kind, digest, file_name="file.csv", currency="CNY", language=language
            ).id

    return open_file


@pytest.fixture
def run(app, opened):
    """Check a file and take it in."""

    def whole(text: str, kind: str = "customers") -> ImportRow:
        import_id = opened(text, kind)
        with app.app_context():
            if row_of(app, import_id).state == "done":
                return row_of(app, import_id)
            assert runs.check(import_id).good
            runs.take_in(import_id)
        return row_of(app, import_id)

    return whole


def row_of(app, import_id: UUID) -> ImportRow:
    with reading(app) as session:
        row = session.get_one(ImportRow, import_id)
        session.expunge(row)
        return row


def count(app, model) -> int:
    with reading(app) as session:
        return session.scalar(select(func.count()).select_from(model))


def test_customers_come_in_with_phones_addresses_and_the_search(app, run) -> None:
    row = run(CUSTOMERS)

    assert (row.state, row.rows_total, row.rows_done, row.rows_new) == ("done", 300, 300, 300)
    with reading(app) as session:
        customer = session.scalar(select(Customer).where(Customer.code == "C00042"))
        assert customer.name == "第42家有限公司"
        assert customer.phones[0].number == "+8613800130042"
        assert customer.addresses[0].contact == "王经理"
    assert count(app, SearchRow) >= 300


def test_products_take_the_currency_of_the_file_or_of_the_whole_import(app, run) -> None:
    row = run(
        "货号,品名,单位,单价,税率,币种,批次,保修期\n"
        "A4-80G,A4 复印纸,包,28.50,13%,,否,\n"
        "CHAIR,办公椅,把,1680.32,13,USD,是,24\n",
        "products",
    )

    assert row.rows_new == 2
    with reading(app) as session:
        paper, chair = session.scalars(select(Product).order_by(Product.sku))
        assert (paper.currency, paper.lots, paper.warranty_months) == ("CNY", False, 0)
        assert (chair.currency, chair.lots, chair.warranty_months) == ("USD", True, 24)


def test_the_check_lists_every_bad_row_and_changes_nothing(app, opened) -> None:
    before = count(app, Customer)
    text = "name,phone,code\nGood,13800138000,C1\n,13800138001,C2\nBad,12,C1\nAlso bad,abc,\n"

    import_id = opened(text)
    with app.app_context():
        finding = runs.check(import_id)
        listed = [(each.line, each.column) for each in shelf.problems(import_id)]

    assert (finding.rows, finding.bad_rows) == (4, 3)
    assert listed == [(3, "Name"), (4, "Customer number"), (5, "Phones")]
    assert row_of(app, import_id).state == "refused"
    assert count(app, Customer) == before


def test_the_rules_of_the_screen_hold_for_files_too(app, opened) -> None:
    import_id = opened("sku,name,unit,price,currency\n/x/,Chair,pc,5,ABC\n", "products")

    with app.app_context():
        runs.check(import_id)
        listed = {each.column: each.reason for each in shelf.problems(import_id)}

    assert set(listed) == {"Product number", "Currency"}
    assert "three letters" in listed["Currency"]


def test_a_file_without_rows_is_refused(app, opened) -> None:
    import_id = opened("name,phone\n,\n")

    with app.app_context():
        finding = runs.check(import_id)

    assert "no rows" in finding.reason
    assert row_of(app, import_id).state == "refused"


def test_a_file_with_bad_rows_cannot_be_started(app, opened) -> None:
    from core.imports.errors import NotReady

    import_id = opened("name,phone\nX,1\n")
    with app.app_context():
        runs.check(import_id)

    with pytest.raises(NotReady), unit_of_work(app):
        services.start(import_id)


def test_the_same_file_again_changes_nothing(app, run) -> None:
    first = run(CUSTOMERS)
    customers = count(app, Customer)

    second = run(CUSTOMERS)

    assert second.id == first.id
    assert count(app, Customer) == customers


def test_the_same_rows_in_another_file_change_nothing_either(app, run) -> None:
    run(CUSTOMERS)
    customers = count(app, Customer)

    again = run(CUSTOMERS + "C09999,新客户,,,,\n")

    assert again.rows_new == 1
    assert count(app, Customer) == customers + 1


def test_customers_without_a_number_are_known_by_name_and_telephone(app, run) -> None:
    run("name,phone\n张伟,13800138000\n张伟,13900139000\n李娜,\n")

    again = run("name,phone,note\n张伟,138-0013-8000,\n李娜,,\n王芳,,\n王芳,,\n")

    assert again.rows_new == 1
    with reading(app) as session:
        names = session.scalars(select(Customer.name).where(Customer.name == "张伟")).all()
    assert len(names) == 2
    assert count(app, CustomerPhone) == 2


class Killed(BaseException):
    """Like the end of a process: nothing in the program may catch it."""


def test_a_run_that_was_killed_goes_on_where_it_stopped(app, opened, monkeypatch) -> None:
    import_id = opened(CUSTOMERS)
    importer = type(importer_in(app))
    original, seen = importer.apply, []

    def dies(self, entries, terms):
        if seen:
            raise Killed
        seen.extend(entries)
        return original(self, entries, terms)

    monkeypatch.setattr(importer, "apply", dies)
    with app.app_context():
        runs.check(import_id)
        with pytest.raises(Killed):
            runs.take_in(import_id)
    stopped = row_of(app, import_id)
    assert stopped.state == "running"
    assert 0 < stopped.rows_done == len(seen) < 300

    rest = []
    monkeypatch.setattr(
        importer, "apply", lambda s, entries, t: rest.extend(entries) or original(s, entries, t)
    )
    with app.app_context():
        runs.take_in(import_id)

    assert len(rest) == 300 - stopped.rows_done
    ended = row_of(app, import_id)
    assert (ended.state, ended.rows_done, ended.rows_new) == ("done", 300, 300)


def test_an_error_is_told_and_the_run_can_be_gone_on_with(app, opened, monkeypatch) -> None:
    import_id = opened(CUSTOMERS)
    importer = type(importer_in(app))
    original = importer.apply

    def breaks(self, entries, terms):
        raise RuntimeError("disk full")

    monkeypatch.setattr(importer, "apply", breaks)
    with app.app_context():
        runs.check(import_id)
        with pytest.raises(RuntimeError):
            runs.take_in(import_id)
    failed = row_of(app, import_id)
    assert (failed.state, failed.rows_done) == ("failed", 0)
    assert "disk full" in failed.reason

    monkeypatch.setattr(importer, "apply", original)
    with unit_of_work(app):
        services.start(import_id)
    with app.app_context():
        runs.take_in(import_id)

    assert row_of(app, import_id).state == "done"


def test_of_two_processes_only_one_takes_a_file_in(app, opened) -> None:
    import_id = opened(CUSTOMERS)
    with app.app_context():
        runs.check(import_id)
        with unit_of_work():
            services.start(import_id)
        importer = importer_in(app)
        entries = list(runs._entries(importer, row_of(app, import_id).digest, 0))
        runs._take_chunk(importer, import_id, entries[:50], 0)

        with pytest.raises(runs.TakenOver):
            runs._take_chunk(importer, import_id, entries[:50], 0)

    assert row_of(app, import_id).rows_new == 50


def test_what_was_under_way_is_gone_on_with_at_the_next_start(app, opened) -> None:
    import_id = opened(CUSTOMERS)
    with app.app_context():
        runs.check(import_id)
    with unit_of_work(app) as session:
        services.start(import_id)
        session.get(ImportRow, import_id).alive_at = None
    with reading(app):
        assert abandoned() == [import_id]

    clerk(app).resume()
    clerk(app).wait(30)

    assert row_of(app, import_id).state == "done"


def test_chunks_are_cut_so_that_each_takes_well_under_200_ms(app, opened, monkeypatch) -> None:
    import_id = opened(CUSTOMERS)
    importer, sizes = type(importer_in(app)), []

    def slow(self, entries, terms):
        sizes.append(len(entries))
        time.sleep(0.003 * len(entries))
        return 0

    monkeypatch.setattr(importer, "apply", slow)
    with app.app_context():
        runs.check(import_id)
        runs.take_in(import_id)

    assert sizes[0] == runs.FIRST
    assert sum(sizes) == 300
    # A hundred rows took a third of a second: too long for whoever waits.
    assert all(size == runs.SMALLEST for size in sizes[1:])


def test_chunks_grow_with_care_and_shrink_at_once() -> None:
    assert runs.next_size(100, runs.AIM) == 100
    assert runs.next_size(100, 0.0001) == 160
    assert runs.next_size(1000, 10 * runs.AIM) == 100
    assert runs.next_size(runs.LARGEST, 0.0001) == runs.LARGEST
    assert runs.next_size(runs.SMALLEST, 60) == runs.SMALLEST


def importer_in(app):
    with reading(app):
        return importer_of("customers")


def test_the_shelf_is_in_the_home_of_the_installation(app, opened, settings) -> None:
    import_id = opened(CUSTOMERS)

    kept = Path(settings.home) / "imports" / row_of(app, import_id).digest
    assert kept.read_text() == CUSTOMERS
