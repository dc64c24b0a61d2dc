"""Clients that trade while things break, and remember what they were told."""

import http.client
import json
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

#: Seconds for which a client asks again.
PATIENCE = 120


@dataclass
class Ledger:
    """What was acknowledged; what was not may have happened or not."""

    orders: set[str] = field(default_factory=set)
    #: What was acknowledged as paid, by order, in cents.
    paid: dict[str, int] = field(default_factory=dict)
    #: Acts of which nobody knows what became of them.
    unanswered: int = 0
    #: How often the answer was a refusal, by its status.
    refusals: Counter[int] = field(default_factory=Counter)
    #: How long acknowledged acts took.
    seconds: list[float] = field(default_factory=list)

    @property
    def acts(self) -> int:
        """How many acts were acknowledged."""
        return len(self.orders) + sum(cents // 100 for cents in self.paid.values())

    def copy(self) -> "Ledger":
        """What was acknowledged until now."""
        return Ledger(self.orders.copy(), self.paid.copy())


class Unanswered(Exception):
    """Nobody knows what became of it: ask again with the same key."""


class Client(threading.Thread):
    """Sells, takes the money in steps of one, ships; asks again when no answer came."""

    def __init__(self, port: int, token: str, customer: str, ledger: Ledger) -> None:
        super().__init__(daemon=True)
        self._port, self._token, self._customer, self._ledger = port, token, customer, ledger
        self._over = threading.Event()

    def finish(self) -> None:
        """Do the present order to its end, and no more."""
        self._over.set()

    def run(self) -> None:
        """Trade until it is over."""
        while not self._over.is_set():
            try:
                self._trade()
            except Unanswered:
                self._ledger.unanswered += 1

    def _trade(self) -> None:
        line = {"sku": "TEA", "quantity": "1"}
        body = {"customer_id": self._customer, "lines": [line], "confirm": True}
        number = self._insist("sales/orders", body)["number"]
        self._ledger.orders.add(number)
        for _step in range(2):
            share = [{"order": number, "amount": "1.00"}]
            paid = {"customer_id": self._customer, "method": "cash", "amount": "1.00"}
            self._insist("finance/payments", paid | {"allocations": share})
            self._ledger.paid[number] = self._ledger.paid.get(number, 0) + 100

    def _insist(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Ask with one key until somebody answers: it happens once however often it is asked."""
        key, end = str(uuid4()), time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                begun = time.perf_counter()
                status, answer = self._post(path, body, key)
            except (OSError, http.client.HTTPException, json.JSONDecodeError):
                time.sleep(0.2)
                continue
            if status < 300:
                self._ledger.seconds.append(time.perf_counter() - begun)
                return answer
            self._ledger.refusals[status] += 1
            time.sleep(0.2)
        raise Unanswered

    def _post(self, path: str, body: dict[str, Any], key: str) -> tuple[int, dict[str, Any]]:
        return ask(self._port, self._token, "POST", path, body, key)


def ask(
    port: int, token: str, verb: str, path: str, body: object = None, key: str = ""
) -> tuple[int, dict[str, Any]]:
    """Ask the company's REST interface; returns the status and the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    if key:
        headers["Idempotency-Key"] = key
    try:
        connection.request(verb, f"/api/v1/{path}", json.dumps(body) if body else None, headers)
        answer = connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if text else {}
    finally:
        connection.close()


CLIENTS = 3


@dataclass
class Trade:
    """What several clients do at once, and their common ledger."""

    port: int
    token: str
    customer: str
    ledger: Ledger = field(default_factory=Ledger)
    _clients: list[Client] = field(default_factory=list)

    def begin(self) -> None:
        """Let them trade."""
        self._clients = [
            Client(self.port, self.token, self.customer, self.ledger) for _ in range(CLIENTS)
        ]
        for client in self._clients:
            client.start()

    def end(self) -> None:
        """Let each finish its order."""
        for client in self._clients:
            client.finish()
        for client in self._clients:
            client.join(PATIENCE + 30)

    def ask(self, verb: str, path: str, body: object = None) -> dict[str, Any]:
        """Ask as the administrator, while nothing is broken."""
        status, answer = ask(self.port, self.token, verb, path, body)
        if status >= 300:
            raise OSError(f"{verb} {path} was answered {status}: {answer}")
        return answer
