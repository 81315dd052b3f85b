"""One structured line a request, under a request id that the person can read on the 500 page."""

from __future__ import annotations

import json
import logging
import secrets
import sys
import time
from datetime import UTC, datetime

from flask import Flask, Response, g, request
from werkzeug.local import LocalProxy

KNOWN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """A log record as one line of JSON; whatever was given as `extra` stands beside the message."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **{key: value for key, value in record.__dict__.items() if key not in KNOWN},
        }
        if record.exc_info:
            line["trace"] = _without_rows(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


def _without_rows(trace: str) -> str:
    """PostgreSQL tells what stood in the row it refused; a log must not."""
    return "\n".join(line for line in trace.splitlines() if not line.startswith("DETAIL:"))


def register(app: Flask) -> None:
    _set_up_logging()
    app.before_request(_begin)
    app.after_request(_end)
    app.jinja_env.globals["request_id"] = LocalProxy(lambda: g.get("request_id", ""))


def _set_up_logging() -> None:
    logger = logging.getLogger("shop")
    if logger.handlers:
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False


def _begin() -> None:
    g.request_id = secrets.token_hex(6)
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    """The rule stands in the log, never the address: private links carry secrets in theirs."""
    response.headers["X-Request-ID"] = g.get("request_id", "")
    if request.path.startswith(("/healthz", "/readyz")):
        return response
    logging.getLogger("shop.request").info(
        "request",
        extra={
            "request_id": g.get("request_id", ""),
            "method": request.method,
            "rule": request.url_rule.rule if request.url_rule else "",
            "status": response.status_code,
            "ms": round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
            "language": request.environ.get("shop.language", "id"),
        },
    )
    return response
