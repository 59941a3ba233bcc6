"""A replay of Crossref, doi.org and DataCite on 127.0.0.1: limits, headers, error shapes and faults as recorded.

Paths: /crossref/works…, /doi/doiRA/…, /doi/api/handles/…, /doi/<doi> (content negotiation), /datacite/dois/….
"""

import json
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

POOLS = {"public": {"record": (5, 1), "list": (1, 1)}, "polite": {"record": (10, 3), "list": (3, 3)}}
WORD = re.compile(r"\w{3,}")


@dataclass
class Request:
    """One line of the request log; times in seconds of time.monotonic()."""

    service: str
    kind: str
    path: str
    agent: str
    began: float
    ended: float = 0.0
    status: int = 0
    at_once: int = 0


@dataclass
class Replay:
    """What the services know, how they misbehave, and what they were asked."""

    works: dict[str, dict[str, Any]] = field(default_factory=dict)
    notices: list[dict[str, Any]] = field(default_factory=list)
    datacite: dict[str, dict[str, Any]] = field(default_factory=dict)
    agencies: dict[str, str] = field(default_factory=dict)
    csl: dict[str, dict[str, Any]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    latency: float = 0.0
    enforce: bool = True
    fault: "Fault | None" = None
    log: list[Request] = field(default_factory=list)
    url: str = ""

    def __post_init__(self) -> None:
        self.lock = threading.Lock()
        self.running: Counter[str] = Counter()
        self.index: dict[str, set[str]] = {}

    def add(self, *works: dict[str, Any]) -> None:
        for work in works:
            doi = work["DOI"].lower()
            self.works[doi] = work
            for word in words_of(work):
                self.index.setdefault(word, set()).add(doi)

    def too_many(self, kind: str, pool: str, now: float) -> bool:
        rate, at_once = POOLS[pool][kind]
        recent = [r for r in self.log if r.service == "crossref" and r.kind == kind and now - r.began < 1.0]
        return len(recent) >= rate or self.running["crossref"] >= at_once


Fault = Callable[["Handler", "Request", int], bool]


def words_of(work: dict[str, Any]) -> set[str]:
    texts = [*(work.get("title") or []), *(work.get("container-title") or [])]
    texts += [author.get("family") or "" for author in work.get("author") or [] if isinstance(author, dict)]
    return set(WORD.findall(" ".join(map(str, texts)).lower()))


class Handler(BaseHTTPRequestHandler):
    """Answers one request; the replay is on the server."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    @property
    def replay(self) -> Replay:
        return self.server.replay  # type: ignore[attr-defined,no-any-return]

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        service, _, path = parts.path.lstrip("/").partition("/")
        if service == "log":
            self.send_log()
            return
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        kind = "list" if service == "crossref" and not path.strip("/").partition("works")[2].strip("/") else "record"
        request = Request(service, kind, self.path, self.headers.get("User-Agent", ""), time.monotonic())
        pool = "polite" if "mailto:" in request.agent or "mailto" in query else "public"
        replay = self.replay
        with replay.lock:
            limited = service == "crossref" and replay.enforce and replay.too_many(kind, pool, request.began)
            replay.running[service] += 1
            request.at_once = replay.running[service]
            number = len(replay.log)
            replay.log.append(request)
        self.request_line = request
        self.limits = (pool, *POOLS[pool][kind])
        try:
            if replay.latency:
                time.sleep(replay.latency)
            if limited:
                self.send(429, "<html><body>429 Too Many Requests</body></html>", "text/html")
            elif replay.fault is None or not replay.fault(self, request, number):
                self.answer(service, path, query)
        finally:
            with replay.lock:
                replay.running[service] -= 1
                request.ended = time.monotonic()

    def send_log(self) -> None:
        """The request log, for a client in another process."""
        self.limits = ("none", 0, 0)
        self.request_line = Request("log", "record", self.path, "", 0.0)
        self.send_json([asdict(request) for request in self.replay.log])

    def answer(self, service: str, path: str, query: dict[str, str]) -> None:
        if service == "crossref":
            self.crossref(path.strip("/"), query)
        elif service == "doi":
            self.doi(path)
        else:
            self.datacite(unquote(path.removeprefix("dois/")).lower())

    def crossref(self, path: str, query: dict[str, str]) -> None:
        if path == "works":
            self.crossref_list(query)
            return
        doi = unquote(path.removeprefix("works/")).lower()
        if doi in self.replay.aliases:
            self.send(301, "", "text/html", {"Location": f"/crossref/works/{self.replay.aliases[doi]}"})
        elif doi in self.replay.works:
            self.send_json({"status": "ok", "message-type": "work", "message": self.replay.works[doi]})
        else:
            self.send(404, "Resource not found.", "text/plain;charset=utf-8")

    def crossref_list(self, query: dict[str, str]) -> None:
        rows = int(query.get("rows", 20))
        filters = [part.partition(":")[::2] for part in query.get("filter", "").split(",") if part]
        if "query.bibliographic" in query:
            items = self.search(query["query.bibliographic"], rows)
        elif any(name == "updates" for name, _ in filters):
            wanted = {value.lower() for name, value in filters if name == "updates"}
            items = [n for n in self.replay.notices if wanted & {u["DOI"].lower() for u in n.get("update-to", [])}]
        else:
            dois = [value.lower() for name, value in filters if name == "doi"]
            items = [self.replay.works[doi] for doi in dois if doi in self.replay.works]
        if "select" in query:
            kept = query["select"].split(",")
            items = [{key: item[key] for key in kept if key in item} for item in items]
        message = {"total-results": len(items), "items": items[:rows], "items-per-page": rows}
        self.send_json({"status": "ok", "message-type": "work-list", "message": message})

    def search(self, text: str, rows: int) -> list[dict[str, Any]]:
        hits: Counter[str] = Counter()
        for word in set(WORD.findall(text.lower())):
            found = self.replay.index.get(word, set())
            for doi in found:
                hits[doi] += 1000 // len(found) + 1  # type: ignore[assignment]
        return [{**self.replay.works[doi], "score": score} for doi, score in hits.most_common(rows)]

    def doi(self, path: str) -> None:
        if path.startswith("doiRA/"):
            self.send_json([self.agency(unquote(doi)) for doi in path.removeprefix("doiRA/").split(",")])
        elif path.startswith("api/handles/"):
            doi = unquote(path.removeprefix("api/handles/")).lower()
            alias = self.replay.aliases.get(doi)
            values = [{"type": "HS_ALIAS", "data": {"format": "string", "value": alias}}] if alias else []
            self.send_json({"responseCode": 1, "handle": doi, "values": values})
        elif (item := self.replay.csl.get(unquote(path).lower())) is not None:
            self.send_json(item, "application/vnd.citationstyles.csl+json")
        else:
            self.send(406, "", "text/html")

    def agency(self, doi: str) -> dict[str, str]:
        key = doi.lower()
        if key in self.replay.works or key in self.replay.aliases:
            return {"DOI": doi, "RA": "Crossref"}
        if key in self.replay.datacite:
            return {"DOI": doi, "RA": "DataCite"}
        if key in self.replay.agencies:
            return {"DOI": doi, "RA": self.replay.agencies[key]}
        return {"DOI": doi, "status": "DOI does not exist"}

    def datacite(self, doi: str) -> None:
        if doi in self.replay.datacite:
            body = {"data": {"id": doi, "type": "dois", "attributes": self.replay.datacite[doi]}}
            self.send_json(body, "application/vnd.api+json")
        else:
            self.send(404, '{"errors": [{"status": "404", "title": "Not found"}]}', "application/vnd.api+json")

    def send_json(self, value: Any, content_type: str = "application/json") -> None:
        self.send(200, json.dumps(value), content_type)

    def send(
        self, status: int, body: str | bytes, content_type: str | None, headers: dict[str, str] | None = None
    ) -> None:
        data = body.encode() if isinstance(body, str) else body
        self.request_line.status = status
        self.send_response(status)
        if content_type is not None:
            self.send_header("Content-Type", content_type)
        pool, rate, at_once = self.limits
        limits = {"x-rate-limit-limit": str(rate), "x-rate-limit-interval": "1s", "x-concurrency-limit": str(at_once)}
        for name, value in ({"x-api-pool": pool} | limits | (headers or {})).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is part of the game."""


@contextmanager
def serve(replay: Replay) -> Iterator[Replay]:
    """Run the replay on a free port of 127.0.0.1; its address is in `url`."""
    server = _Server(("127.0.0.1", 0), Handler)
    server.replay = replay  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    replay.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield replay
    finally:
        server.shutdown()
        server.server_close()


def politeness(log: list[Request]) -> list[str]:
    """What the log of Crossref's requests has against its client: rate, concurrency, repetition, anonymity."""
    asked = [request for request in log if request.service == "crossref"]
    complaints = [f"429 for {request.path}" for request in asked if request.status == 429]
    for kind in ("record", "list"):
        began = sorted(request.began for request in asked if request.kind == kind)
        rate, at_once = POOLS["polite"][kind]
        complaints += [
            f"{kind}: {rate + 1} in a second" for a, b in zip(began, began[rate:], strict=False) if b - a < 1.0
        ]
        complaints += [f"{r.at_once} at once" for r in asked if r.kind == kind and r.at_once > at_once]
    answered = Counter(request.path for request in log if request.status in (200, 404))
    complaints += [f"asked {count} times: {path}" for path, count in answered.items() if count > 1]
    return complaints + [f"anonymous: {request.agent}" for request in asked if "mailto:" not in request.agent]


def free_port() -> int:
    """A port at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
