"""The promises that service keeps."""

from typing import Any, Final

from flask_babel import lazy_gettext as _l

from core.promises.kinds import Preset, PromiseKind, Setting, promise_kind
from core.tasks.kinds import CALL_OUTCOMES, Offer
from modules.service.remembering import (
    birthdays,
    call_backs,
    churn,
    follow_ups,
    maintenance,
    run_out,
    warranty_end,
)
from modules.service.services.follow_ups import report_done


def _(msgid: str) -> str:
    """Mark for the catalogues: what is kept in a promise is shown in each reader's language."""
    return msgid


GRADES: Final = Setting(
    "grades", _l("Only customers of grade"), "grades", [], _l("None ticked means everybody.")
)
PRODUCTS: Final = Setting("products", _l("Only these products"), "products", [])


def words(title: str, say: str) -> tuple[Setting, Setting]:
    """Return the settings of what a task is called and what is said."""
    return (
        Setting("title", _l("What the task is called"), "line", title),
        Setting("say", _l("What to say"), "text", say),
    )


#: What all promises have in common whose tasks service does by calling.
CALLS: Final[Any] = {
    "permission": "service.work",
    "module": "service",
    "when_done": report_done,
    "task": {
        "outcomes": CALL_OUTCOMES,
        "escalates_after": 7,
        "escalates_to": "service.lead",
    },
}
#: Whoever got several deliveries on one day is called once.
_ONE_CALL: Final[Any] = {**CALLS, "task": {**CALLS["task"], "gathers": True}}
_ASK = _("How has it been working for you? What can we do better?")

FOLLOW_UP = promise_kind(
    PromiseKind(
        "service.follow_up",
        _l("Call after a delivery"),
        _l("So many days after the goods came into her hands; one call for all of a day."),
        (
            Setting("days", _l("Days after the delivery"), "number", 3, most=730),
            *words(_("Call back after the delivery"), _ASK),
            GRADES,
            PRODUCTS,
        ),
        follow_ups.find,
        (
            Preset(
                "first_days",
                _("First days"),
                {
                    "days": 3,
                    "title": _("First days: is everything installed and understood?"),
                    "say": _(
                        "Did everything arrive as ordered? Is it installed, and do you know how to "
                        "use it?"
                    ),
                },
                active=True,
            ),
            Preset(
                "first_month",
                _("First month"),
                {
                    "days": 30,
                    "title": _("First month: call back"),
                    "say": _(
                        "How has it been working for you in the first month? What can we do better?"
                    ),
                },
                active=True,
            ),
            Preset(
                "first_quarter",
                _("After 90 days"),
                {
                    "days": 90,
                    "title": _("After 90 days: call back"),
                    "say": _(
                        "Are you still content? Is there anything you need or would like to see?"
                    ),
                },
                active=True,
            ),
        ),
        **_ONE_CALL,
    )
)

CALL_BACK = promise_kind(
    PromiseKind(
        "service.call_back",
        _l("Call back again and again"),
        _l("Every so many days after her latest delivery, by grade; a new delivery begins anew."),
        (
            Setting("every_A", _l("Grade A: every so many days"), "number", 30, least=1),
            Setting("every_B", _l("Grade B: every so many days"), "number", 60, least=1),
            Setting("every_C", _l("Everybody else: every so many days"), "number", 90, least=1),
            Setting("times", _l("At most so many times"), "number", 12, least=1, most=60),
            *words(_("Call back"), _ASK),
            PRODUCTS,
        ),
        call_backs.find,
        (Preset("by_grade", _("Call-backs by grade")),),
        **_ONE_CALL,
    )
)

MAINTENANCE = promise_kind(
    PromiseKind(
        "service.maintenance",
        _l("Maintenance in its season"),
        _l("Offer it once a year to everybody who has the product, such as cleaning in spring."),
        (
            Setting("season", _l("Day of the year"), "day_of_year", "04-01", _l("Month and day.")),
            Setting("products", _l("For these products"), "products", []),
            Setting("after_days", _l("Not before so many days of use"), "number", 180),
            Setting("years", _l("For so many years"), "number", 10, least=1, most=50),
            *words(
                _("Offer maintenance"),
                _("The season begins. Shall we come and clean it, so that it runs well again?"),
            ),
            GRADES,
        ),
        maintenance.find,
        (Preset("spring", _("Maintenance in spring")),),
        icon="tools",
        **CALLS,
    )
)

BIRTHDAY = promise_kind(
    PromiseKind(
        "service.birthday",
        _l("Birthdays, by the sun or by the moon"),
        _l("So many days before her birthday and those of her family, with a gift by grade."),
        (
            Setting("ahead", _l("Days before"), "number", 30, most=120),
            Setting("family", _l("Family and contacts, too"), "yes", True),
            Setting("gift", _l("A gift for customers of grade"), "grades", ["A"]),
            Setting(
                "say",
                _l("What to say"),
                "text",
                _("We wish you a happy birthday, health and a smooth year!"),
            ),
        ),
        birthdays.find,
        (Preset("birthday", _("Birthdays"), active=True),),
        icon="gift",
        **CALLS,
    )
)

REPEAT = Offer(_l("Order the same again"), "service.repeat_order", "arrow-repeat")

RUN_OUT = promise_kind(
    PromiseKind(
        "service.run_out",
        _l("Goods about to run out"),
        _l("By her own rhythm and quantities; asked some days before, once for each purchase."),
        (
            Setting("ahead", _l("Days before"), "number", 5, most=60),
            Setting("least", _l("At least so sure, in percent"), "number", 25, most=100),
            *words(
                _("Running out: offer it again"),
                _(
                    "Your %(product)s should be nearly used up. The same as last time, at last "
                    "time's price or better? Shall we bring it, or will you fetch it?"
                ),
            ),
            GRADES,
            PRODUCTS,
            Setting("except", _l("But not these products"), "products", []),
        ),
        run_out.find,
        (Preset("rhythm", _("About to run out")),),
        icon="hourglass-split",
        **{**CALLS, "task": {**CALLS["task"], "offer": REPEAT}},
    )
)

_LOST = (
    Setting("least_amount", _l("Only from so much a year"), "number", 0, most=100_000_000),
    GRADES,
)

GONE = promise_kind(
    PromiseKind(
        "service.gone",
        _l("Customers who are gone"),
        _l("When she is silent for far longer than her own rhythm; the most valuable first."),
        (
            *words(
                _("Gone: ask why"),
                _("We have not seen you for a while. Was anything not as it should be?"),
            ),
            *_LOST,
        ),
        churn.find_gone,
        (Preset("gone", _("Gone customers")),),
        icon="person-dash",
        **CALLS,
    )
)

FADING = promise_kind(
    PromiseKind(
        "service.fading",
        _l("Customers who buy less"),
        _l("When she buys clearly less than she did; at most once in a quarter."),
        (
            *words(
                _("Buys less: ask why"),
                _("Is there anything you now buy elsewhere, or need less of? What could we do?"),
            ),
            *_LOST,
        ),
        churn.find_fading,
        (Preset("fading", _("Customers who buy less")),),
        icon="graph-down",
        **CALLS,
    )
)

WARRANTY_END = promise_kind(
    PromiseKind(
        "service.warranty_end",
        _l("End of the warranty"),
        _l("So many days before it ends, once for all pieces of a line; not when they came back."),
        (
            Setting("ahead", _l("Days before"), "number", 30, most=365),
            *words(
                _("The warranty ends: ask how it is"),
                _(
                    "The warranty of your %(product)s ends on %(day)s. Is everything in order? "
                    "What is not, we see to before then."
                ),
            ),
            GRADES,
            PRODUCTS,
        ),
        warranty_end.find,
        (Preset("end", _("End of the warranty")),),
        icon="shield-check",
        **CALLS,
    )
)
