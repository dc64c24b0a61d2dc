"""Clients that trade while things break, and remember what they were told."""

import http.client
import json
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4


@dataclass
class Ledger:
    """What was acknowledged; what was not may have happened or not."""

    orders: set[str] = field(default_factory=set)
    #: What was acknowledged as paid, by order, in cents.
    paid: dict[str, int] = field(default_factory=dict)
    refused: int = 0
    #: How long acknowledged acts took.
    seconds: list[float] = field(default_factory=list)

    @property
    def acts(self) -> int:
        """How many acts were acknowledged."""
        return len(self.orders) + sum(cents // 100 for cents in self.paid.values())


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
                self._ledger.refused += 1

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
        key, end = str(uuid4()), time.monotonic() + 40
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
            time.sleep(0.2)
        raise Unanswered

    def _post(self, path: str, body: dict[str, Any], key: str) -> tuple[int, dict[str, Any]]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=15)
        headers = {
            "Authorization": f"Bearer {self._token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        try:
            connection.request("POST", f"/api/v1/{path}", json.dumps(body), headers)
            answer = connection.getresponse()
            text = answer.read()
            return answer.status, json.loads(text) if text else {}
        finally:
            connection.close()
