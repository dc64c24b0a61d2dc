"""What roles there are and what they allow: read from the manifests, never listed here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from core.people.person import ADMINISTRATOR
from core.registry import switchboard
from core.registry.manifest import Role

#: What the core itself guards.
CORE_PERMISSIONS: Mapping[str, str] = {
    "core.administer": _l("Manage people, modules and settings"),
    "core.deals": _l("See who sold what to whom, what was shipped and what is owed"),
    "core.edit_customers": _l("Create and change customers"),
    "core.edit_products": _l("Create and change products"),
    "core.messages": _l("Decide how customers are written to, and write to many"),
    "core.send_messages": _l("Write to a customer"),
    "core.promises": _l("Decide how customers are remembered"),
    "core.report_calls": _l("Tell which calls come in"),
    "core.grades": _l("Decide how customers are graded"),
    "core.segments": _l("Find customers by segments"),
    "core.export": _l("Take lists of customers out of the house"),
    "core.trail": _l("See who looked at customers' cards and took lists out"),
    "core.sensitive": _l("See ID numbers, family and notes of every customer"),
}
#: The role of a telephone system: it tells of calls and sees nothing.
TELEPHONE_SYSTEM = "telephone_system"
#: Whoever works here may be asked by a customer how things stand, and writes down what she says.
FOR_EVERY_ROLE = frozenset({"core.deals", "core.edit_customers", "core.send_messages"})


@dataclass(frozen=True)
class DescribedRole:
    """A role as the administrator chooses it."""

    name: str
    title: str
    #: The title of the module that brings it; empty for the core's own.
    module: str
    module_on: bool
    #: What it allows, in words.
    allows: tuple[str, ...]


def permissions() -> dict[str, str]:
    """Return every permission that counts now, with its title: those of modules that are on."""
    found = dict(CORE_PERMISSIONS)
    for manifest in switchboard.manifests_on():
        found |= manifest.permissions
    return found


def roles() -> dict[str, Role]:
    """Return every role that can be given, also those of modules that are off."""
    found = {
        ADMINISTRATOR: Role(_l("Administrator"), ()),
        TELEPHONE_SYSTEM: Role(_l("Telephone system"), ("core.report_calls",)),
    }
    for module in switchboard.installed().values():
        found |= module.manifest.roles
    return found


def described_roles() -> list[DescribedRole]:
    """Return the roles with what they allow, in words; the administrator's first."""
    everything = (str(_l("Everything, in every department")),)
    found = [DescribedRole(ADMINISTRATOR, str(_l("Administrator")), "", True, everything)]
    for module in switchboard.installed().values():
        words = {**CORE_PERMISSIONS, **module.manifest.permissions}
        on, title = switchboard.is_on(module.name), str(module.manifest.title)
        for name, role in module.manifest.roles.items():
            allows = tuple(str(words.get(each, each)) for each in role.permissions)
            found.append(DescribedRole(name, str(role.title), title, on, allows))
    calls = (str(CORE_PERMISSIONS["core.report_calls"]),)
    telephone = str(_l("Telephone system"))
    return [*found, DescribedRole(TELEPHONE_SYSTEM, telephone, "", True, calls)]


def permissions_of(given: Iterable[str]) -> frozenset[str]:
    """Return what these roles allow at this moment.

    A permission of a module that is off does not count, whoever's role names it.
    """
    given, counting, known = set(given), permissions(), roles()
    if ADMINISTRATOR in given:
        return frozenset(counting)
    allowed = {each for name in given & set(known) for each in known[name].permissions}
    if given & (set(known) - {TELEPHONE_SYSTEM}):
        allowed |= FOR_EVERY_ROLE
    return frozenset(allowed & set(counting))
