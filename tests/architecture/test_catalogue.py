"""ARCHITECTURE.md tells the truth about modules and events."""

from core.testing.catalogue import DOCUMENT, written


def test_the_tables_are_what_the_declarations_say():
    text = DOCUMENT.read_text("utf-8")

    assert text == written(text), "run: make catalogue"


def test_a_stale_table_is_noticed():
    text = DOCUMENT.read_text("utf-8")
    stale = text.replace("| `sales.order_placed` |", "| `sales.order_made` |")

    assert stale != text
    assert stale != written(stale)
