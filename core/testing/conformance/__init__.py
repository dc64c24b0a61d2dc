"""What every module can rely on the others to keep, checked: also for a module of your own.

`LAMPLIT_ADDONS=path .venv/bin/python -m core.testing.conformance loyalty` prints what is amiss.
"""
