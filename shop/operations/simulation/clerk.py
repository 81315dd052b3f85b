"""The clerk of the payment desk: takes in the bank's list and the QRIS report, the same file more than once, and gives
what was not recognised by itself to the payment it is for.
"""

from __future__ import annotations

import csv
import io
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.actions import bank_lists
from shop.database import reading
from shop.domain.bank_file import table_of
from shop.domain.bank_list import guess, read
from shop.extensions import db, the_shop
from shop.models import Payment, Person, Statement, StatementLine, StatementSource
from shop.operations.simulation.hand import Hand
from shop.operations.simulation.stage import account_of

HEADS = {"bank": ("Tanggal", "Keterangan", "Kredit"), "qris": ("Tanggal", "RRN", "Gross", "MDR")}


class Clerk(Hand):
    def act(self, _deals: int) -> bool:
        return self._compare() or (self.chance.random() < 0.5 and self._assign()) or self._take_list()

    def _take_list(self) -> bool:
        """All that the bank tells until now: mostly known already. Whether there was anything new."""
        room = self.pick((60, "bank"), (40, "qris"))
        lines = list(self.world.all(room))
        if len(lines) <= self._known(room):
            return False
        text = _file(room, [told | {"name": name} for name, told in lines])
        sent: list[int] = []

        def send(session: Session) -> None:
            by = session.get_one(Person, self.chance.choice(self.stage.staff))
            account = account_of(session, self.stage) if room == "bank" else None
            source = bank_lists.source_of(session, account)
            sent[:] = [bank_lists.upload(session, source, text, by=by, at=self.world.now()).id]

        def take(session: Session) -> None:
            statement = session.get(Statement, sent[0])
            if statement is None:  # another file of this source was sent meanwhile
                return
            table = table_of(statement.text or text)
            columns = guess(table)
            by = session.get_one(Person, self.chance.choice(self.stage.staff))
            bank_lists.take_in(session, statement, columns, read(table, columns), by=by, at=self.world.now())

        return self.press(f"send the list of {room}", send) and self.press(f"take the list of {room}", take)

    def _compare(self) -> bool:
        """Each line that nobody has looked at, in a transaction of its own."""
        with reading():
            waiting = bank_lists.not_looked_at(db.session())
            db.session.rollback()
        zone = the_shop().council.zone
        for line_id in waiting:

            def act(session: Session, line_id: int = line_id) -> None:
                line = session.get_one(StatementLine, line_id)
                bank_lists.compare(session, line, zone=zone, at=self.world.now())

            self.press("compare a line", act)
        return bool(waiting)

    def _assign(self) -> bool:
        """The words on the line tell a person whose it is."""
        query = select(StatementLine.id, StatementLine.words, StatementLine.reference).where(
            StatementLine.journal_id.is_(None), StatementLine.looked_at.is_not(None)
        )
        with reading():
            found = db.session.execute(query.order_by(func.random()).limit(1)).first()
            db.session.rollback()
        if found is None:
            return False
        line_id, name = found[0], found[1] or found[2]

        def act(session: Session) -> None:
            payment = session.get_one(Payment, int(name.split("-")[0]))
            by = session.get_one(Person, self.chance.choice(self.stage.staff))
            line = session.get_one(StatementLine, line_id)
            bank_lists.assign(session, line, payment, by=by, at=self.world.now())

        return self.press("assign a line", act)

    def _known(self, room: str) -> int:
        """How many lines of this list are in the shop."""
        of_account = StatementSource.bank_account_id.is_not(None)
        query = select(func.count()).select_from(StatementLine).join(StatementSource)
        with reading():
            count = db.session.scalar(query.where(of_account if room == "bank" else ~of_account))
            db.session.rollback()
        return count or 0


def _file(room: str, lines: list[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADS[room])
    for line in lines:
        fee = (line["fee"],) if room == "qris" else ()
        writer.writerow((line["on"], line["name"], line["amount"], *fee))
    return out.getvalue()
