"""Imports on the screen: bring a file, see what is wrong, correct it, let it be taken in."""

import io
import re

import openpyxl
import pytest
from sqlalchemy import func, select

from core.customers.models import Customer
from core.db import reading
from core.imports.background import clerk

GOOD = "code,name,phone\nC1,Ann,13800138000\nC2,王芳,13900139000\n"
BAD = "code,name,phone,colour\nC1,Ann,12,red\nC2,,13900139000,\n"


@pytest.fixture
def admin(client):
    admin = client("admin")
    admin.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return admin


@pytest.fixture
def bring(app, admin):
    """Send a file as the form does, wait for the clerk, and return the page's address."""

    def send(text: str, kind: str = "customers", **fields: str) -> str:
        answer = admin.post(
            "/imports",
            data={
                "kind": kind,
                "currency": "CNY",
                "file": (io.BytesIO(text.encode("gb18030")), "客户.csv"),
                **fields,
            },
        )
        assert answer.status_code == 303, answer.text
        clerk(app).wait(20)
        return answer.location

    return send


def customers(app) -> int:
    with reading(app) as session:
        return session.scalar(select(func.count()).select_from(Customer)) or 0


def test_a_picture_is_refused_with_the_kinds_of_files_that_are_read(app, admin, bring) -> None:
    page = bring("\x89PNG\r\n\x1a\n\x01\x02\x03")

    assert "This file is no table. CSV, XLSX, XLS and ODS files are read" in admin.get(page).text
    assert customers(app) == 0


def test_a_good_file_is_checked_then_started_by_a_click_then_reported(app, admin, bring) -> None:
    page = bring(GOOD)

    checked = admin.get(page).text
    assert "Import 2 rows" in checked
    assert customers(app) == 0

    admin.post(f"{page}/start")
    clerk(app).wait(20)

    done = admin.get(page).text
    assert "2 rows were taken in and are new." in done
    assert customers(app) == 2


def test_a_bad_file_lists_every_row_and_offers_the_list_to_take_along(app, admin, bring) -> None:
    page = bring(BAD)

    shown = admin.get(page).text
    assert "2 rows must be corrected" in shown
    assert "too short" in shown
    assert "This is missing" in shown
    assert re.search(r"Columns not used.*colour", shown, re.S)
    assert customers(app) == 0

    with admin.get(f"{page}/problems.csv") as taken:
        assert taken.mimetype == "text/csv"
        lines = taken.data.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == ["Line", "2", "3"]


def test_a_file_with_bad_rows_is_not_started_by_force(app, admin, bring) -> None:
    page = bring(BAD)

    answer = admin.post(f"{page}/start")

    assert answer.status_code == 409
    assert customers(app) == 0


def test_the_same_file_again_leads_to_what_was_done(app, admin, bring) -> None:
    page = bring(GOOD)
    admin.post(f"{page}/start")
    clerk(app).wait(20)

    assert bring(GOOD) == page
    assert customers(app) == 2


def test_what_is_missing_in_the_form_is_said_at_its_field(app, admin) -> None:
    answer = admin.post("/imports", data={"kind": "ships", "currency": "RMB"})

    assert answer.status_code == 422
    for message in ("Choose what the file contains", "Choose a CSV or XLSX", "three letters"):
        assert message in answer.text


def test_only_who_may_sees_imports(app, client, bring) -> None:
    page = bring(GOOD)
    seller = client("sales")

    assert seller.get(page).status_code == 403
    assert seller.post(f"{page}/start").status_code == 403
    assert seller.get("/imports/example/customers.xlsx").status_code == 403


def test_the_example_file_has_the_right_columns_and_is_understood(app, admin) -> None:
    answer = admin.get("/imports/example/products.xlsx")

    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert [cell.value for cell in sheet[1]][:3] == ["Product number", "Name", "Unit"]


def test_the_list_of_imports_is_shown(app, admin, bring) -> None:
    bring(GOOD)

    shown = admin.get("/imports").text
    assert "客户.csv" in shown
    assert "Ready to import" in shown
