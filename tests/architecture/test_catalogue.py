"""ARCHITECTURE.md and docs/events.md tell the truth about modules and events."""

from core.testing.catalogue import DOCUMENT, EVENTS, events_document, main, written


def test_the_tables_are_what_the_declarations_say():
    text = DOCUMENT.read_text("utf-8")

    assert text == written(text), "run: make catalogue"


def test_a_stale_table_is_noticed():
    text = DOCUMENT.read_text("utf-8")
    stale = text.replace("| `sales.order_placed` |", "| `sales.order_made` |")

    assert stale != text
    assert stale != written(stale)


def test_the_page_of_events_is_what_the_declarations_say():
    text = EVENTS.read_text("utf-8")

    assert text == events_document(), "run: make catalogue"
    assert "## sales.order_placed" in text
    assert "| `lines[].quantity` | decimal text |" in text
    assert "heard by finance, warehouse" in text


def test_stale_documents_are_named_and_written_anew(tmp_path, capsys):
    # Given a page of events that misses everything
    document, events = tmp_path / "ARCHITECTURE.md", tmp_path / "events.md"
    document.write_text(DOCUMENT.read_text("utf-8"), "utf-8")

    assert main([], document, events) == 1
    assert capsys.readouterr().err == "events.md is stale. Run: make catalogue\n"

    assert main(["--update"], document, events) == 0
    assert main([], document, events) == 0
    assert events.read_text("utf-8") == events_document()
