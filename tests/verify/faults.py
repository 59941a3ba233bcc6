"""Ways in which a service misbehaves; each is a `Fault` of the replay: True when it has dealt with the request."""

import json
import socket
import struct
import time
from email.utils import formatdate
from typing import Any

from tests.verify.replay import Fault, Handler, Request


def status(code: int, *, first: int | None = None, headers: dict[str, str] | None = None) -> Fault:
    """Crossref answers `code`, always or only to the first requests."""

    def fault(handler: Handler, request: Request, number: int) -> bool:
        if request.service != "crossref" or (first is not None and number >= first):
            return False
        handler.send(code, f"<html><body>{code}</body></html>", "text/html", headers)
        return True

    return fault


def retry_at(seconds: int) -> Fault:
    """429 once, with the time to come back as a date."""

    def fault(handler: Handler, request: Request, number: int) -> bool:
        if number:
            return False
        handler.send(429, "", "text/html", {"Retry-After": formatdate(time.time() + seconds, usegmt=True)})
        return True

    return fault


def body(text: str, content_type: str | None = "application/json", first: int | None = None) -> Fault:
    """Crossref answers 200 with this text."""

    def fault(handler: Handler, request: Request, number: int) -> bool:
        if request.service != "crossref" or (first is not None and number >= first):
            return False
        handler.send(200, text, content_type)
        return True

    return fault


def as_type(content_type: str | None) -> Fault:
    """The right answer under a wrong content type."""

    def fault(handler: Handler, request: Request, number: int) -> bool:
        if request.service != "crossref":
            return False
        send = handler.send
        handler.send = lambda code, text, _type, headers=None: send(code, text, content_type, headers)  # type: ignore[method-assign]
        return False

    return fault


def slow(seconds: float, service: str = "crossref") -> Fault:
    """The right answer, late."""

    def fault(handler: Handler, request: Request, number: int) -> bool:
        if request.service == service:
            time.sleep(seconds)
        return False

    return fault


def reset(first: int | None = None) -> Fault:
    """The connection breaks in the middle of the body."""

    def fault(handler: Handler, request: Request, number: int) -> bool:
        if request.service != "crossref" or (first is not None and number >= first):
            return False
        handler.wfile.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n" + b'{"status"'
        )
        handler.wfile.flush()
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.close_connection = True
        handler.connection.close()
        return True

    return fault


def drip(seconds: float) -> Fault:
    """One byte at a time, for ever so long."""

    def fault(handler: Handler, request: Request, number: int) -> bool:
        if request.service != "crossref":
            return False
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n")
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                handler.wfile.write(b" ")
            except OSError:
                break
            time.sleep(0.05)
        handler.close_connection = True
        return True

    return fault


def redirect(where: str) -> Fault:
    """301 to `where`, "" for the address that was asked."""

    def fault(handler: Handler, request: Request, number: int) -> bool:
        if request.service != "crossref":
            return False
        handler.send(301, "", "text/html", {"Location": where or request.path})
        return True

    return fault


def message(value: Any, kind: str | None = None) -> Fault:
    """200 with this as the `message`, to requests of one kind or to all."""

    def fault(handler: Handler, request: Request, number: int) -> bool:
        if request.service != "crossref" or (kind is not None and request.kind != kind):
            return False
        handler.send(200, json.dumps({"status": "ok", "message": value}), "application/json")
        return True

    return fault


def doi_org(code: int) -> Fault:
    """doi.org answers `code`."""

    def fault(handler: Handler, request: Request, number: int) -> bool:
        if request.service != "doi":
            return False
        handler.send(code, "<html></html>", "text/html")
        return True

    return fault
