"""Each thing has one home. Whatever is done elsewhere fails here, with the sentence that says where it belongs."""

from __future__ import annotations

import ast
import re

import pytest

from tests.contracts.repository import dotted, files, imports, nodes, report, server_files, text

CLOCK_HOME = "server/clock.py"
CLOCK = re.compile(
    r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|time\.(time|time_ns|localtime|gmtime))$"
)
CLOCK_SENTENCE = "reads the wall clock. Only server/clock.py does; web/, jobs.py and cli/ ask it once, everything below takes `now`."

# library -> (who may import it, where it belongs)
HOMES: dict[str, tuple[tuple[str, ...], str]] = {
    **dict.fromkeys(
        ("tortoise", "aiosqlite", "asyncpg", "sqlite3", "pypika_tortoise"),
        (("server/storage/",), "The database is spoken to in server/storage/, one file per noun."),
    ),
    **dict.fromkeys(
        ("starlette", "starlette_compress"),
        (
            ("server/web/", "server/app.py"),
            "HTTP lives in server/web/ and server/app.py; below it nobody knows of requests.",
        ),
    ),
    **dict.fromkeys(
        (
            *("httpx", "PIL", "pi_heif", "argon2", "jsonschema_rs", "obstore", "segno", "zxingcpp"),
            *(
                "pypinyin",
                "stdnum",
                "phonenumbers",
                "openpyxl",
                "xlsxwriter",
                "cryptography",
                "python_calamine",
                "webauthn",
                "typst",
            ),
        ),
        (("server/external/",), "Libraries we do not own are wrapped in server/external/."),
    ),
    "uvicorn": (("server/cli/", "server/__main__.py"), "The server is started by server/cli/."),
    "click": (("server/cli/", "server/__main__.py"), "The terminal is server/cli/'s."),
    "tqdm": (("server/cli/",), "Progress bars are for a terminal: server/cli/."),
    "jinja2": (("server/web/",), "Templates are rendered in server/web/."),
}


def test_only_the_clock_reads_the_clock() -> None:
    found = []
    for file in server_files():
        if file == CLOCK_HOME:
            continue
        for node in nodes(file):
            # Named without a call too: `default_factory=datetime.now` reads it later, unseen.
            if isinstance(node, ast.Attribute) and CLOCK.search(dotted(node)):
                found.append(f"{file}:{node.lineno}: {dotted(node)} {CLOCK_SENTENCE}")
    report(found)


def test_every_library_stays_in_its_home() -> None:
    found = []
    for file in server_files():
        for line, name in imports(file):
            allowed, sentence = HOMES.get(name.split(".")[0], ((file,), ""))
            if not file.startswith(allowed):
                found.append(f"{file}:{line}: imports {name}. {sentence}")
    report(found)


def test_rules_know_values_and_no_encoding() -> None:
    """Decision 55: the shape of a value is msgspec's, its way over the wire is web/'s."""
    shapes = {
        "msgspec.Struct",
        "msgspec.field",
        "msgspec.structs.replace",
        "msgspec.structs.asdict",
    }
    found = []
    for file in server_files():
        if not file.startswith("server/rules/"):
            continue
        for node in nodes(file):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("msgspec"):
                taken = {f"{node.module}.{each.name}" for each in node.names}
            elif isinstance(node, ast.Import):
                taken = {each.name for each in node.names if each.name.startswith("msgspec")}
            else:
                continue
            found += [
                f"{file}:{node.lineno}: takes {name}. rules/ defines values; what encodes or checks them is in web/."
                for name in sorted(taken - shapes)
            ]
    report(found)


def test_values_are_structs() -> None:
    """Decision 55: a start defines hundreds of them. A dataclass is for what must not show a field or works one out."""
    kept = re.compile(r"repr=False|init=False|__post_init__|metadata=")
    found = []
    for file in server_files():
        for node in nodes(file):
            if isinstance(node, ast.ClassDef) and any(
                "dataclass" in dotted(getattr(each, "func", each)) for each in node.decorator_list
            ):
                said = ast.get_source_segment(text(file), node) or ""
                if not kept.search(said) and file != "server/settings.py":
                    found.append(
                        f"{file}:{node.lineno}: {node.name} is a dataclass without need. Write `class {node.name}(Struct, frozen=True)`."
                    )
    report(found)


def test_only_the_terminal_prints() -> None:
    found = []
    for file in server_files():
        if file.startswith("server/cli/"):
            continue
        for node in nodes(file):
            if isinstance(node, ast.Call) and dotted(node.func) in ("print", "sys.stdout.write"):
                found.append(
                    f"{file}:{node.lineno}: prints. People are spoken to by server/cli/, operators by the log."
                )
    report(found)


def test_only_the_settings_read_the_environment() -> None:
    found = []
    for file in server_files():
        if file == "server/settings.py":
            continue
        for node in nodes(file):
            if isinstance(node, ast.Attribute) and dotted(node) in ("os.environ", "os.getenv"):
                found.append(
                    f"{file}:{node.lineno}: {dotted(node)}. A setting is a row of server/settings.py, read once."
                )
    report(found)


def test_nothing_is_swallowed() -> None:
    """`except Exception` either raises again or says in a `noqa: BLE001 - reason` why it may not."""
    found = []
    for file in server_files():
        lines = text(file).splitlines()
        for node in nodes(file):
            if not isinstance(node, ast.ExceptHandler):
                continue
            caught = [node.type] if not isinstance(node.type, ast.Tuple) else node.type.elts
            broad = any(c is None or dotted(c) in ("Exception", "BaseException") for c in caught)
            raises = any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
            excused = re.search(r"noqa: BLE001 - \w{3,}", lines[node.lineno - 1])
            if broad and not raises and not excused:
                found.append(
                    f"{file}:{node.lineno}: swallows every exception. Name the ones that can happen; what is "
                    "unexpected goes up to web/endpoint.py or the terminal."
                )
    report(found)


def test_no_code_knows_a_category() -> None:
    """A category is four files. What differs between two of them is a key in category.json."""
    found = []
    for file in server_files():
        for node in nodes(file):
            if not isinstance(node, ast.Compare):
                continue
            sides = [node.left, *node.comparators]
            asks = any(
                dotted(side).split(".")[-1] in ("category", "category_key")
                or dotted(side).endswith("category.key")
                for side in sides
            )
            names = [
                s.value for s in sides if isinstance(s, ast.Constant) and isinstance(s.value, str)
            ]
            if asks and any(names):
                found.append(
                    f"{file}:{node.lineno}: asks whether the category is {names[0]!r}. Add a key to category.json "
                    "and ask for that."
                )
    report(found)


PWA_RULES = [
    (
        "pwa/src/core/",
        re.compile(r"\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bperformance\.now\b"),
        "core/ is pure: the time and the dice are passed in.",
    ),
    (
        "pwa/src/",
        re.compile(r"\b(inner|outer)HTML\b|\bdangerouslySetInnerHTML\b|\binsertAdjacentHTML\b"),
        "Text from people is text: let Preact set it, never as markup.",
    ),
    (
        "pwa/src/",
        re.compile(r"\beval\(|\bnew Function\("),
        "The pages' Content-Security-Policy refuses made-up code.",
    ),
]


def without_comments(source: str) -> str:
    """Blank out comments and keep the lines, so that a comment may name what code may not."""
    blank = re.sub(r"/\*.*?\*/", lambda m: re.sub(r"[^\n]", " ", m[0]), source, flags=re.DOTALL)
    return re.sub(r"(^|\s)//[^\n]*", r"\1", blank)


@pytest.mark.parametrize(("start", "pattern", "sentence"), PWA_RULES)
def test_front_end(start: str, pattern: re.Pattern[str], sentence: str) -> None:
    found = []
    for file in files(start, ends=(".ts", ".tsx")):
        if ".test." in file:
            continue
        for number, line in enumerate(without_comments(text(file)).splitlines(), 1):
            if match := pattern.search(line):
                found.append(f"{file}:{number}: {match[0]}. {sentence}")
    report(found)


# Its marks too: a full-width colon behind an English word is not English.
CHINESE = re.compile(r"[\u3001\u3002\u4e00-\u9fff\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]+")
NAME_OF_THE_LANGUAGE = "中文"  # the switch shows it in itself, whatever the page speaks


def test_words_for_people_are_in_the_catalogue() -> None:
    """A component or a template holds no sentence: both languages stand side by side in messages/."""
    found = []
    for file in files("pwa/src/ui/", "pwa/src/acts/", ends=(".ts", ".tsx")):
        if ".test." in file:
            continue
        for number, line in enumerate(without_comments(text(file)).splitlines(), 1):
            if match := CHINESE.search(line.replace(NAME_OF_THE_LANGUAGE, "")):
                found.append(
                    f"{file}:{number}: says {match[0]!r}. Words for people belong in pwa/src/messages/."
                )
    report(found)
