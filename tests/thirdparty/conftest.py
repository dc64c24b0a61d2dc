"""Outside modules are tested as their authors would: in a process that has them installed."""

import os

collect_ignore_glob = [] if os.environ.get("LAMPLIT_ADDONS") else ["*/tests"]
