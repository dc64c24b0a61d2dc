"""Where a person is sent after signing in: back to a page of this installation, nowhere else."""

from urllib.parse import urlsplit


def is_local(address: str) -> bool:
    """Tell whether an address is a path of this server and cannot lead to another one."""
    if not address.startswith("/") or address.startswith("//"):
        return False
    # Browsers read a backslash as a slash and drop control characters before they parse.
    if "\\" in address or any(ord(letter) < 32 or ord(letter) == 127 for letter in address):
        return False
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc


def local_or_home(address: str | None) -> str:
    """Return the address if it is local, else the home page's."""
    return address if address and is_local(address) else "/"
