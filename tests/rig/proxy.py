"""Stands between the programs and PostgreSQL, and cuts a connection over whose COMMIT went."""

import socket
import threading
from contextlib import suppress
from types import TracebackType
from urllib.parse import urlsplit, urlunsplit

_COMMIT = b"Q\x00\x00\x00\x0bCOMMIT\x00"
#: Every how many commits one is cut.
EVERY = 4


class Proxy:
    """Forwards everything; while it cuts, some COMMITs stay unanswered: done, or never arrived."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._server = (parts.hostname or "127.0.0.1", parts.port or 5432)
        self._door = socket.create_server(("127.0.0.1", 0))
        port = self._door.getsockname()[1]
        self.url = urlunsplit(parts._replace(netloc=f"{parts.username}@127.0.0.1:{port}"))
        self.cutting = False
        self.kept = self.lost = self._seen = 0
        self._guard = threading.Lock()

    def __enter__(self) -> "Proxy":
        threading.Thread(target=self._welcome, daemon=True).start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        self._door.close()

    def _welcome(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._door.accept()
                server = socket.create_connection(self._server)
                threading.Thread(target=self._ask, args=(client, server), daemon=True).start()
                threading.Thread(target=self._answer, args=(client, server), daemon=True).start()

    def _ask(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while data := client.recv(65536):
                if data.endswith(_COMMIT) and self._is_to_be_cut():
                    self._cut(client, server, data)
                    break
                server.sendall(data)
        _close(client, server)

    def _answer(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while data := server.recv(65536):
                client.sendall(data)
        _close(client, server)

    def _is_to_be_cut(self) -> bool:
        with self._guard:
            self._seen += 1
            return self.cutting and self._seen % EVERY == 0

    def _cut(self, client: socket.socket, server: socket.socket, data: bytes) -> None:
        """Cut before the server hears of it, or as soon as it has."""
        with self._guard:
            arrives = self.kept <= self.lost
            self.kept += arrives
            self.lost += not arrives
        client.shutdown(socket.SHUT_RDWR)
        if arrives:
            server.sendall(data)
            server.shutdown(socket.SHUT_WR)


def _close(*ends: socket.socket) -> None:
    for end in ends:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
