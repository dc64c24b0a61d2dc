"""Not data only."""

from flask_babel import lazy_gettext as _l

import core.db
from core.registry.manifest import Manifest, MenuItem, Panel, Role

assert core.db

MANIFEST = Manifest(
    name="broken",
    title=_l("Broken"),
    summary=_l("Nobody can read this"),
    permissions={"smash": _l("Smash")},
    roles={"administrator": Role(_l("Smasher"), ("broken.nothing",))},
    menu=(MenuItem(_l("Broken"), "broken.nowhere", "smash"),),
    panels=(Panel("ceiling", "broken/nothing.html", "modules.broken.services:nothing", "smash"),),
)
