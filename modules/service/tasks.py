"""The tasks that complaints bring: what people are asked to do, in words."""

from typing import Final


def _(msgid: str) -> str:
    """Mark for the catalogues; each reader of a task sees it in her language."""
    return msgid


#: Asking somebody who has the same goods as a customer who complained.
ASK_OTHER: Final = "service.ask_other"

#: Kinds of tasks that complaints bring.
STEP_TASKS: Final = "service.complaint_step"
APPROVALS: Final = "service.complaint_approval"
OFFERS: Final = "service.complaint_offer"
REPORTS: Final = "service.complaint_report"
ESCALATIONS: Final = "service.complaint_escalation"
WARNINGS: Final = "service.complaint_warning"
REPAIRS: Final = "service.repair"

#: Step -> what its task is called, and what to say or do.
STEP_TITLES: Final = {
    "hear": (
        _("Complaint %(complaint)s: call her and hear her out"),
        _("Let her finish; say back what you have understood."),
    ),
    "cause": (
        _("Complaint %(complaint)s: find the cause"),
        "",
    ),
    "propose": (
        _("Complaint %(complaint)s: propose what we do"),
        "",
    ),
    "approve": (
        _("Complaint %(complaint)s: approve what is proposed"),
        _("What is proposed is above the limit of whoever proposes it."),
    ),
    "agree": (
        _("Complaint %(complaint)s: tell her and agree"),
        _("Tell her what we propose, and write down what she says to it."),
    ),
    "carry_out": (
        _("Complaint %(complaint)s: see that it is carried out"),
        _("The departments carry it out; ask them when it takes too long."),
    ),
    "review": (
        _("Complaint %(complaint)s: ask whether she is content"),
        _("Is everything as it was agreed? Are you content with how we dealt with it?"),
    ),
}
SHE_SAYS: Final = _("She says: %(note)s")
TAKE_OVER: Final = _("Take over complaint %(complaint)s?")
TELL_SERVICE: Final = _("Complaint %(complaint)s: tell service what happened")
SEE_TO_IT: Final = _("Complaint %(complaint)s: see to it")
IS_LATE: Final = _("Complaint %(complaint)s is late: see to it")
HALF_GONE: Final = _("Complaint %(complaint)s: half of the time for this step is gone")
NEARLY_LATE: Final = _("Complaint %(complaint)s is nearly late: see to it")
REPAIR: Final = _("Complaint %(complaint)s: repair")
ASK_THEM: Final = _("Ask whether the same has happened (complaint %(complaint)s)")
ASK_THEM_WHY: Final = _("She has the same goods: %(goods)s")
ASK_THEM_SAY: Final = _(
    "Somebody who has the same goods (%(goods)s) is not content with them. Is everything in order "
    "with yours? If not, we see to it at once."
)

#: Praise that is passed on to whom it is for.
PRAISE: Final = "service.praise"
PRAISED: Final = _("Praise: thank her, and pass it on")
PRAISED_WHY: Final = _("She praised %(name)s: %(text)s")

#: Giving her the link when no message can take it to her.
ASK_CONTENT: Final = "service.ask_content"
ASK_CONTENT_TITLE: Final = _("Ask how content she is: give her the link")
ASK_CONTENT_SAY: Final = _(
    "May we send you a link? One click tells us how content you are, and what to do better."
)
