"""The one shared picture of every deal: who sold what to whom, what was shipped, what is owed.

Modules state facts (`core.deals.facts`), ask (`core.deals.queries`) and, before an act that
another department's act can contradict, take the deal's lock (`core.deals.locking`).
They never write here.
"""
