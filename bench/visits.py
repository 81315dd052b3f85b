"""Which pages are measured: for every kind a few dozen addresses, and what one visit to them costs inside the server."""

from __future__ import annotations

import json
import os
import random
import sys
from typing import Any

MANY = 40


def main() -> None:
    """In a process of its own with the shop's settings: prints the pages as JSON."""
    import logging

    from sqlalchemy import event

    from shop.extensions import db
    from wsgi import app

    logging.getLogger("shop").setLevel(logging.ERROR)
    with app.app_context():
        pages, cookies = _pages(app)
        engine = db.engine
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    for page in pages:
        client = app.test_client(use_cookies=False)
        headers = {"Accept-Encoding": "br", "Cookie": cookies.get(page["as"], "x=1"), **page["headers"]}
        client.get(page["paths"][0], headers=headers)
        asked.clear()
        answer = client.get(page["paths"][0], headers=headers)
        if answer.status_code != 200:
            raise SystemExit(f"{page['name']}: {page['paths'][0]} answered {answer.status}")
        page["bytes"] = len(answer.data)
        page["statements"] = len(
            [one for one in asked if not one.startswith("BEGIN") and "catalogue_change" not in one]
        )
        page["kept"] = not page["as"] and _kept(app, page)
        page["cookie"] = cookies.get(page["as"], "x=1")
    json.dump(pages, sys.stdout)


def _kept(app: Any, page: dict[str, Any]) -> bool:
    """Whether it is the same for everybody who sends no cookie."""
    headers = {"Accept-Encoding": "br", **page["headers"]}
    answer = app.test_client(use_cookies=False).get(page["paths"][0], headers=headers)
    return bool(answer.cache_control.public) and "ETag" in answer.headers


def _pages(app: Any) -> tuple[list[dict[str, Any]], dict[str, str]]:
    from sqlalchemy import func, select

    from shop.extensions import db
    from shop.models import CatalogueEntry, Person, Producer

    chance, session = random.Random(1), db.session()
    last = session.scalar(select(func.max(CatalogueEntry.listing_id))) or 1
    columns = (
        CatalogueEntry.slug,
        CatalogueEntry.craft,
        CatalogueEntry.title_id,
        CatalogueEntry.producer_slug,
    )
    found = [
        session.execute(
            select(*columns).where(CatalogueEntry.listing_id >= chance.randrange(last)).limit(1)
        ).first()
        for _ in range(MANY)
    ]
    works = [row for row in found if row]
    crafts = ["tenun-ikat", "meubel", "gerabah", "anyaman"]
    deep = [_deep(craft) for craft in crafts]
    maker = session.scalars(select(Producer.id).order_by(Producer.id).limit(1)).one()
    chair = session.scalars(select(Person).where(Person.email == f"perajin{maker}@synth.test")).one()
    cookies = {"maker": _signed_in(app, chair), "curator": _signed_in(app, _curator(session))}
    words = [row.title_id.lower().replace(" ", "+") for row in works]

    def page(name: str, paths: list[str], who: str = "", **headers: str) -> dict[str, Any]:
        return {"name": name, "paths": paths, "as": who, "headers": headers}

    return [
        page("home", ["/"]),
        page("craft", [f"/kerajinan/{craft}" for craft in crafts]),
        page("craft, one filter", [f"/kerajinan/{craft}?ada=siap" for craft in crafts]),
        page("craft, two filters", [f"/kerajinan/{craft}?ada=siap&kec=raimanuk" for craft in crafts]),
        page("page 2", [f"/kerajinan/{craft}?hal=2" for craft in crafts]),
        page("page 25", [f"/kerajinan/{craft}?hal=25" for craft in crafts]),
        page("page 50", [f"/kerajinan/{craft}?hal=50" for craft in crafts]),
        page("deep page", deep),
        page("work", [f"/karya/{row.slug}" for row in works]),
        page("maker", [f"/perajin/{row.producer_slug}" for row in works]),
        page("search", [f"/karya?q={text}&ada=siap&urut=termurah" for text in words]),
        page("search, common word", ["/karya?q=tais", "/karya?q=lemari", "/karya?q=merah"]),
        page("suggestion", ["/saran?q=ta", "/saran?q=mer", "/saran?q=lem"], Accept="application/json"),
        page("sign-in", ["/masuk"]),
        page("ask", _asking(app, works)),
        page("studio", ["/studio"], "maker"),
        page("queue", ["/kurasi"], "curator"),
    ], cookies


def _asking(app: Any, works: list[Any]) -> list[str]:
    with app.test_request_context():
        from flask import url_for

        return [url_for("inquiry.ask", slug=row.slug) for row in works]


def _deep(craft: str) -> str:
    """A page far behind the fiftieth, by where the one before it ended."""
    from sqlalchemy import select

    from shop.extensions import db
    from shop.models import CatalogueEntry

    query = select(CatalogueEntry.order_new, CatalogueEntry.listing_id).where(CatalogueEntry.craft == craft)
    row = db.session.execute(
        query.order_by(CatalogueEntry.order_new, CatalogueEntry.listing_id).offset(1_500).limit(1)
    ).first()
    return (
        f"/kerajinan/{craft}?setelah={row.order_new}_{row.listing_id}"
        if row
        else f"/kerajinan/{craft}?hal=20"
    )


def _curator(session: Any) -> Any:
    from sqlalchemy import select

    from shop.extensions import now
    from shop.models import Person

    found = session.scalars(select(Person).where(Person.email == "kurator@synth.test")).first()
    if found is None:
        found = Person(
            name="Kurator",
            email="kurator@synth.test",
            email_confirmed_at=now(),
            is_curator=True,
            created_at=now(),
        )
        session.add(found)
        session.commit()
    return found


def _signed_in(app: Any, who: Any) -> str:
    """A sign-in of that person, as the cookie their browser would send."""
    from datetime import timedelta

    from shop.domain.tokens import hash_token
    from shop.extensions import db, now
    from shop.models import SignIn

    token = os.urandom(16).hex()
    db.session.add(SignIn(token_hash=hash_token(token), person_id=who.id, created_at=now(), seen_at=now(),
                          expires_at=now() + timedelta(days=1), second_factor_at=now()))  # fmt: skip
    db.session.commit()
    signer: Any = app.session_interface.get_signing_serializer(app)
    return f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps({'_user_id': token, '_fresh': True})}"


if __name__ == "__main__":
    main()
