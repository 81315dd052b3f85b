"""What the database itself refuses: the ledger only grows, agreed terms stay, every journal sums to nothing.

Triggers of the same names on both engines. A migration calls `put_up` after it made one of these tables anew, since
SQLite drops a table's triggers with the table.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

ONLY_GROW = ("journal", "posting", "event", "payout")  # no row is ever changed
KEPT: dict[str, tuple[str, ...]] = {  # no row goes, and these columns stay as they were written
    "quote": (
        *("inquiry_id", "number", "form_key", "by_id", "shipping_idr", "packing_idr", "total_idr"),
        *(
            "deposit_percent",
            "deposit_idr",
            "lead_time_days",
            "shipping_by",
            "note",
            "sent_at",
            "valid_until",
        ),
    ),
    "quote_line": ("quote_id", "position", "listing_id", "title", "size", "material", "quantity", "unit_idr"),
    "order": (
        *("inquiry_id", "quote_id", "goods_idr", "shipping_idr", "packing_idr", "total_idr", "deposit_idr"),
        *("lead_time_days", "accepted_at"),
    ),
    "order_line": ("order_id", "position", "listing_id", "title", "size", "material", "quantity", "unit_idr"),
    "payment": (
        "reference",
        "order_id",
        "part",
        "method",
        "amount_idr",
        "code_idr",
        "total_idr",
        "created_at",
    ),
    "refund": ("key", "payment_id", "amount_idr", "from_surplus", "decided_at"),
    "document": ("kind", "year", "number", "subject", "inquiry_id", "facts", "digest", "issued_at"),
    "stripe_event": ("event_id", "type", "payload"),
    "statement_line": ("source_id", "fingerprint", "booked_on", "amount_idr", "fee_idr"),
}
GUARDED = (*ONLY_GROW, *KEPT)
SUMS = "journal_sum"  # SQLite only: what `_sqlite_balance` keeps for itself


def put_up(connection: Connection) -> None:
    """All guards as they stand above, whatever was there before."""
    take_down(connection)
    for sql in _postgresql() if connection.dialect.name == "postgresql" else _sqlite():
        connection.execute(text(sql))


def take_down(connection: Connection) -> None:
    """None is left. For a migration, for `lifted`, and for tests of what `flask check` sees."""
    if connection.dialect.name == "postgresql":
        for name, table in sorted(names().items()):
            connection.execute(text(f'DROP TRIGGER IF EXISTS {name} ON "{table}"'))
        return
    for name in names():
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))


@contextmanager
def lifted(connection: Connection) -> Iterator[None]:
    """Inside, rows may be changed and removed: for emptying a development shop, nothing else."""
    take_down(connection)
    yield
    put_up(connection)


def missing(connection: Connection) -> list[str]:
    """The names of guards that ought to be there and are not."""
    if connection.dialect.name == "postgresql":
        known = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    else:
        known = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    return sorted(set(names()) - set(connection.execute(text(known)).scalars()))


def names() -> dict[str, str]:
    """Each guard's name and its table."""
    each = {f"guard_{table}_{what}": table for table in GUARDED for what in ("update", "delete")}
    return each | {"guard_journal_even": "journal", "guard_posting_even": "posting"}


def _changed(columns: tuple[str, ...], differs: str) -> str:
    return " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in columns)


def _postgresql() -> Iterator[str]:
    yield (
        "CREATE OR REPLACE FUNCTION guard_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'rows of % stay as they were written', TG_TABLE_NAME"
        " USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table in GUARDED:
        when = f"WHEN ({_changed(KEPT[table], 'IS DISTINCT FROM')}) " if table in KEPT else ""
        for what, only in (("update", when), ("delete", "")):
            yield (
                f'CREATE TRIGGER guard_{table}_{what} BEFORE {what.upper()} ON "{table}"'
                f" FOR EACH ROW {only}EXECUTE FUNCTION guard_refuse()"
            )
    yield (
        "CREATE OR REPLACE FUNCTION guard_even() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE it integer; BEGIN"
        " it := (to_jsonb(NEW) ->> TG_ARGV[0])::integer;"
        " IF (SELECT coalesce(sum(amount_idr), 1) FROM posting WHERE journal_id = it) <> 0 THEN"
        " RAISE EXCEPTION 'journal % does not balance', it USING ERRCODE = 'integrity_constraint_violation';"
        " END IF; RETURN NULL; END $$"
    )
    for table, column in (("journal", "id"), ("posting", "journal_id")):
        yield (
            f"CREATE CONSTRAINT TRIGGER guard_{table}_even AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED"
            f" FOR EACH ROW EXECUTE FUNCTION guard_even('{column}')"
        )


def _sqlite() -> Iterator[str]:
    for table in GUARDED:
        when = f"WHEN {_changed(KEPT[table], 'IS NOT')} " if table in KEPT else ""
        for what, only in (("update", when), ("delete", "")):
            yield (
                f'CREATE TRIGGER guard_{table}_{what} BEFORE {what.upper()} ON "{table}" {only}'
                f"BEGIN SELECT RAISE(ABORT, 'rows of {table} stay as they were written'); END"
            )
    yield from _sqlite_balance()


def _sqlite_balance() -> Iterator[str]:
    """SQLite has no trigger at the commit, but references that are checked there: a journal that does not sum to
    nothing points to a journal that cannot exist.
    """
    yield (
        "CREATE TABLE IF NOT EXISTS journal_sum (journal_id INTEGER PRIMARY KEY, amount_idr BIGINT NOT NULL,"
        " uneven INTEGER REFERENCES journal (id) DEFERRABLE INITIALLY DEFERRED)"
    )
    yield (
        "CREATE TRIGGER guard_journal_even AFTER INSERT ON journal BEGIN"
        " INSERT OR REPLACE INTO journal_sum VALUES (NEW.id, 0, -1); END"
    )
    yield (
        "CREATE TRIGGER guard_posting_even AFTER INSERT ON posting BEGIN UPDATE journal_sum"
        " SET amount_idr = amount_idr + NEW.amount_idr,"
        " uneven = CASE WHEN amount_idr + NEW.amount_idr = 0 THEN NULL ELSE -1 END"
        " WHERE journal_id = NEW.journal_id; END"
    )
