"""What the drill says about itself."""

from core.registry.manifest import Manifest

MANIFEST = Manifest(
    name="drill", title="Drill", summary="Trouble, when it is asked for.", order=900
)
