"""The CHECKs of the models are in the database, on both engines."""

from sqlalchemy import create_engine, inspect

from shop.extensions import db


def test_checks_and_unique_rules_are_in_the_database(database_url: str) -> None:
    """Autogenerate does not compare CHECKs, so count them by name."""
    engine = create_engine(database_url)
    inspector = inspect(engine)
    missing = []
    for table in db.metadata.sorted_tables:
        there = {check["name"] for check in inspector.get_check_constraints(table.name)}
        wanted = {
            str(rule.name) for rule in table.constraints if rule.__visit_name__.endswith("check_constraint")
        }
        missing += [f"{table.name}: {rule}" for rule in sorted(wanted - there)]
    engine.dispose()
    assert not missing
