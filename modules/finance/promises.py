"""The promises that finance keeps."""

from flask_babel import lazy_gettext as _l

from core.promises.kinds import Preset, PromiseKind, Setting, promise_kind
from core.tasks.kinds import NOT_REACHED
from modules.finance.queries import collection


def _(msgid: str) -> str:
    """Mark for the catalogues: what is kept in a promise is shown in each reader's language."""
    return msgid


COLLECTION = promise_kind(
    PromiseKind(
        "finance.collection",
        _l("Ask for what is due"),
        _l("When a step of the plan has fallen due: on her own pay-day, where it is known."),
        (
            Setting(
                "after_days",
                _l("Days after it fell due"),
                "number",
                1,
                _l("For customers whose pay-day is not known."),
                most=90,
            ),
            Setting("title", _l("What the task is called"), "line", _("Collect what is due")),
            Setting(
                "say",
                _l("What to say"),
                "text",
                _("A friendly reminder: is everything in order with the delivery and the bill?"),
            ),
        ),
        collection.find,
        (Preset("pay_day", _("Collect on her pay-day")),),
        "finance.collect",
        "finance",
        "cash-coin",
        task={
            "outcomes": (
                ("promised", _l("Promised to pay")),
                (NOT_REACHED, _l("Not reached")),
                ("disputed", _l("Does not agree with the bill")),
            ),
            "escalates_after": 10,
            "escalates_to": "finance.write_off",
        },
    )
)
