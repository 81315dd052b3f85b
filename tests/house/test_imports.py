"""Which room may use which: the picture of docs/architecture.md, kept."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SHOP = Path(__file__).parents[2] / "shop"
EVERYTHING_BUT_DOORS = {
    "domain",
    "models",
    "search",
    "queries",
    "actions",
    "forms",
    "ports",
    "images",
    "gateways",
    "web",
    "extensions",
    "config",
    "council",
    "database",
    "tasks",
    "demo",
    "operations",
    "cli",
    "setup",
    "areas",
    "app",
}
MAY_USE: dict[str, set[str]] = {
    "setup": {"domain"},  # pictures are drawn with the generated band
    "domain": set(),
    "config": set(),
    "council": {"domain"},
    "areas": set(),
    "ports": {"domain"},
    "models": {"domain"},
    "search": {"domain", "models"},
    "queries": {"domain", "models", "search"},
    "actions": {"domain", "models", "search", "queries", "ports"},
    "forms": {"domain", "areas"},
    "images": {"domain", "ports"},
    "gateways": {"domain", "ports"},
    "database": set(),
    "extensions": {"domain", "models", "config", "council", "ports"},
    "web": {"domain", "models", "queries", "extensions", "config", "council", "ports", "database"},
    "blueprints": {
        "domain",
        "models",
        "search",
        "queries",
        "actions",
        "forms",
        "ports",
        "web",
        "extensions",
        "config",
        "council",
        "areas",
        "database",
    },
    "tasks": EVERYTHING_BUT_DOORS,
    "demo": EVERYTHING_BUT_DOORS,
    "operations": EVERYTHING_BUT_DOORS,
    "cli": EVERYTHING_BUT_DOORS,
    "commands": EVERYTHING_BUT_DOORS,
    "app": EVERYTHING_BUT_DOORS | {"blueprints", "commands"},
}
BARE = {"setup", "domain", "config", "council", "areas", "ports"}  # standard library only
ONLY_HERE = {
    "stripe": {"gateways", "app"},
    "PIL": {"images", "demo"},
    "pillow_heif": {"images"},
    "flask": {
        "web",
        "blueprints",
        "extensions",
        "app",
        "cli",
        "commands",
        "tasks",
        "demo",
        "operations",
        "forms",
    },
    "fpdf": {"web"},
    "wtforms": {"forms", "web", "blueprints"},
}
INSIDE_FUNCTIONS = {
    # module → why it imports one of ours only when needed
    "setup.translations": "Babel is there only once the environment is",
    "app": "a web server holds the gateways that were chosen, and no others",
    "commands": "a web server needs none of them",
    "web.paper.document": "what writes PDFs takes 25 MB and is seldom needed",
    "web.statements": "the same",
}


def modules() -> list[Path]:
    return [path for path in sorted(SHOP.rglob("*.py")) if "migrations" not in path.parts]


def room(path: Path) -> str:
    return path.relative_to(SHOP).parts[0].removesuffix(".py")


def name(path: Path) -> str:
    return ".".join(path.relative_to(SHOP).with_suffix("").parts)


def imported(tree: ast.AST, path: Path) -> Iterator[tuple[str, int]]:
    """Every imported module's full name and line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((full, node.lineno) for full in _from(node, path))


def _from(node: ast.ImportFrom, path: Path) -> list[str]:
    if node.level:
        package = ("shop", *path.relative_to(SHOP).parent.parts)
        base = ".".join(package[: len(package) - node.level + 1])
        module = f"{base}.{node.module}" if node.module else base
    else:
        module = node.module or ""
    return [f"shop.{alias.name}" for alias in node.names] if module == "shop" else [module]


@pytest.mark.parametrize("path", modules(), ids=name)
def test_rooms_use_only_what_they_may(path: Path) -> None:
    here = room(path)
    if here.startswith("__"):
        return
    assert here in MAY_USE, (
        f"shop/{here} is a new room: say in MAY_USE and docs/architecture.md what it may use"
    )
    allowed = MAY_USE[here] | {here}
    for module, line in imported(ast.parse(path.read_text(encoding="utf-8")), path):
        first, _, rest = module.partition(".")
        other = rest.split(".")[0]
        if first == "shop" and other:
            assert other in allowed, (
                f"{path.name}:{line} uses shop.{other}, but {here} may use only {', '.join(sorted(allowed))}."
                " Hand the value in as an argument, or move the function to the room that may."
            )


@pytest.mark.parametrize("path", [path for path in modules() if room(path) in BARE], ids=name)
def test_the_inner_rooms_use_the_standard_library_only(path: Path) -> None:
    import sys

    if name(path) in ("setup.translations", "setup.assets"):
        return  # these two run inside the environment
    for module, line in imported(ast.parse(path.read_text(encoding="utf-8")), path):
        first = module.partition(".")[0]
        assert first == "shop" or first in sys.stdlib_module_names, (
            f"{path.name}:{line} imports {first}: {room(path)} knows the standard library only."
        )


@pytest.mark.parametrize("path", modules(), ids=name)
def test_libraries_stay_in_their_rooms(path: Path) -> None:
    for module, line in imported(ast.parse(path.read_text(encoding="utf-8")), path):
        rooms = ONLY_HERE.get(module.partition(".")[0])
        assert rooms is None or room(path) in rooms, (
            f"{path.name}:{line} imports {module}: only {', '.join(sorted(rooms or ()))} may."
        )


@pytest.mark.parametrize("path", modules(), ids=name)
def test_our_own_modules_are_imported_at_the_top(path: Path) -> None:
    """An import inside a function hides a circle; name the reason in INSIDE_FUNCTIONS where there is one."""
    if name(path) in INSIDE_FUNCTIONS:
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    hidden = [
        f"{path.name}:{line} {module}"
        for function in functions
        for module, line in imported(function, path)
        if module.startswith("shop")
    ]
    assert not hidden, f"Move these to the top of the file: {hidden}"
