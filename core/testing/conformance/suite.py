"""All checks of a module, in the order in which they disturb the database least."""

from collections.abc import Callable, Iterator

from core.app import Lamplit
from core.registry.discovery import Installed
from core.testing.conformance import declared, served, shape, stored
from core.testing.translations import gaps
from core.web.languages import LANGUAGES

Check = Callable[[Installed, Lamplit], Iterator[str]]


def every_word_is_translated(module: Installed, _app: Lamplit) -> Iterator[str]:
    """Yield words that somebody who works in another language could not read."""
    for language in LANGUAGES:
        if language != "en":
            yield from (f"{language}: {gap}" for gap in gaps(module.folder, language))


CHECKS: tuple[Check, ...] = (
    shape.files_say_what_they_hold,
    shape.the_package_is_one_docstring,
    shape.imports_go_down,
    declared.the_manifest_needs_no_database,
    declared.the_manifest_says_everything,
    declared.the_roles_allow_what_there_is,
    declared.the_menu_leads_somewhere,
    declared.the_panels_can_be_drawn,
    declared.the_timeline_is_told,
    declared.the_events_are_its_own,
    declared.the_readings_match_their_events,
    stored.tables_carry_the_prefix,
    stored.foreign_keys_stay_at_home,
    stored.migrations_make_the_tables,
    served.every_address_is_guarded,
    served.it_works_alone,
    served.off_means_gone,
    stored.migrations_can_be_taken_back,
    every_word_is_translated,
)


def faults(module: Installed, app: Lamplit) -> list[str]:
    """Return everything that a module breaks; the application's database is used up by it."""
    return [
        f"{check.__name__.replace('_', ' ')}: {fault}"
        for check in CHECKS
        for fault in check(module, app)
    ]
