"""Where this installation lives, read once from the environment."""

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from core.errors import SetupError

CHECKOUT = Path(__file__).resolve().parent.parent
_MOST_PROXIES = 9


@dataclass(frozen=True)
class Settings:
    """What an administrator sets outside the program."""

    #: LAMPLIT_HOME: the database (if SQLite), imports and logs.
    home: Path = field(default_factory=lambda: CHECKOUT / "var")
    #: LAMPLIT_DATABASE_URL: empty means SQLite in the home.
    database_url: str = ""
    #: LAMPLIT_REDIS_URL: empty means the broker inside the process.
    redis_url: str = ""
    #: LAMPLIT_HOST and LAMPLIT_PORT: where the web server listens.
    host: str = "127.0.0.1"
    port: int = 8000
    #: LAMPLIT_LOG: "json" writes the log for programs.
    log: str = "text"
    #: LAMPLIT_METRICS_PORT: where a process shows its figures to Prometheus; 0: nowhere.
    metrics_port: int = 0
    #: LAMPLIT_SMTP_URL: the mail server; empty leaves mails in the folder outbox of the home.
    smtp_url: str = ""
    #: LAMPLIT_PROXIES: how many proxies stand before the web server and tell who asks; 0: none.
    proxies: int = 0
    #: LAMPLIT_ADDONS: folders that each hold modules/NAME/.
    addons: tuple[Path, ...] = ()

    @classmethod
    def from_environment(cls) -> Self:
        """Read the settings; raises SetupError for a value that cannot be used."""
        env = os.environ
        settings = cls(
            database_url=env.get("LAMPLIT_DATABASE_URL", ""),
            redis_url=env.get("LAMPLIT_REDIS_URL", ""),
            smtp_url=_smtp(env.get("LAMPLIT_SMTP_URL", "")),
            host=env.get("LAMPLIT_HOST", "127.0.0.1"),
            port=_port(env.get("LAMPLIT_PORT", "8000")),
            log=env.get("LAMPLIT_LOG", "text"),
            proxies=_proxies(env.get("LAMPLIT_PROXIES") or "0"),
            metrics_port=_port(env["LAMPLIT_METRICS_PORT"], "LAMPLIT_METRICS_PORT")
            if env.get("LAMPLIT_METRICS_PORT")
            else 0,
            addons=tuple(
                Path(part).resolve()
                for part in env.get("LAMPLIT_ADDONS", "").split(os.pathsep)
                if part
            ),
        )
        if home := env.get("LAMPLIT_HOME"):
            settings = replace(settings, home=Path(home).expanduser().resolve())
        return settings

    @property
    def url(self) -> str:
        """The database's URL."""
        if not self.database_url:
            return f"sqlite:///{self.home / 'lamplit.sqlite3'}"
        # Both usual spellings mean PostgreSQL through psycopg 3.
        return self.database_url.replace("postgres://", "postgresql://", 1)

    @property
    def embedded(self) -> bool:
        """Whether broker, workers and web share this one process."""
        return not self.redis_url

    def prepare_home(self) -> None:
        """Make the home folder; raises SetupError with what to do when that fails."""
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            probe = self.home / ".writable"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise SetupError(
                f"Lamplit cannot write to its folder {self.home} ({error.strerror}). "
                "Give this user the right to write there, or set LAMPLIT_HOME to another folder."
            ) from None


def _smtp(url: str) -> str:
    if url and not url.startswith(("smtp://", "smtps://")):
        raise SetupError(
            "LAMPLIT_SMTP_URL must look like smtp://user:password@mail.company.com:587."
        )
    return url


def _port(text: str, name: str = "LAMPLIT_PORT") -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise SetupError(f"{name} must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def _proxies(text: str) -> int:
    if not text.isdecimal() or int(text) > _MOST_PROXIES:
        raise SetupError(
            f"LAMPLIT_PROXIES must be the number of your own proxies, from 0 to {_MOST_PROXIES}, "
            f"not {text!r}."
        )
    return int(text)
