"""Where the page listens: which names it answers to, and which port is free.

Knows no page and no server. Anything but this computer's own address needs a password.
"""

from __future__ import annotations

import ipaddress
import socket

from data.types import Refusal
from ui import guard

TRIES = 20  # ports looked at after the one that is taken


def allowed(host: str, password: str) -> tuple[str, ...]:
    """The names the page answers to. Raises Refusal beyond this computer without a password."""
    if host == "localhost" or _loopback(host):
        return (*guard.LOOPBACK, host)
    if not password:
        raise Refusal(
            f"{host!r} can be reached by other computers; heed serves it only with --password."
        )
    own = socket.gethostname()
    named = {str(entry[4][0]) for entry in socket.getaddrinfo(own, None)}
    return (*guard.LOOPBACK, host, own.lower(), *sorted(named))


def bind(host: str, port: int) -> socket.socket:
    """A listening socket on this port, or the next free one; 0 takes any. Raises Refusal."""
    wanted = [port] if port == 0 else range(port, min(port + TRIES, 65536))
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for number in wanted:
        door = socket.socket(family, socket.SOCK_STREAM)
        # Else a port stays taken for a minute after a restart; a living server still holds it.
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, number))
            door.listen(128)
        except OSError as problem:
            door.close()
            reason = problem.strerror
        else:
            return door
    raise Refusal(f"No free port at {host!r} from {port} to {wanted[-1]}: {reason}.")


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def shown(host: str) -> str:
    """The host as it stands in an address."""
    return f"[{host}]" if ":" in host else host
