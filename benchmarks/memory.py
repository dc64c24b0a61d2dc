"""Whether those who deliver grow: a million deliveries, and the memory as it goes on."""

import time

import psutil
from bench import Bench
from filling import Filling
from measured import Measured

import bus

#: Deals whose history is made longer and longer.
DEALS = 1000


def memory(bench: Bench, company: Measured) -> None:
    """Let finance take in a million payments, as many as come to a thousand deals."""
    deals = max(20, bench.times(DEALS))
    company.sell_many(deals)
    pattern = company.pay_many(deals)
    filling = Filling(company.app, pattern)
    rounds = bench.times(100)
    with bench.workers():
        company.until_idle()
        begun = time.perf_counter()
        for step in range(1, 11):
            filling.repeat(rounds, hearer="finance")
            bus.runtime.runtime().poker.drain({"finance"})
            company.until_idle(3600)
            done = step * rounds * deals
            for place, process in enumerate(_workers(bench)):
                grown = process.memory_info().rss / 2**20
                bench.note(f"memory after {done:,}: process {place + 1}", grown, "MB")
        bench.note("long drain: deliveries", done / (time.perf_counter() - begun), "/s")


def _workers(bench: Bench) -> list[psutil.Process]:
    if not bench.is_scaled:
        return [psutil.Process()]
    return [psutil.Process(process.pid) for process in bench.processes]
