"""Every public function of rules/, commands/ and queries/ says what it returns or does for whom."""

from __future__ import annotations

import ast

from tests.contracts.repository import files, report, tree

FLOORS = ("server/rules/", "server/commands/", "server/queries/")


def test_public_functions_say_what_they_return() -> None:
    found = []
    for file in files(*FLOORS, ends=(".py",)):
        module = tree(file)
        if module.body and ast.get_docstring(module) is None:
            found.append(
                f"{file}:1: no docstring. Its first line says what lives here, and for whom."
            )
        for node in module.body:
            function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            if function and not node.name.startswith("_") and ast.get_docstring(node) is None:
                found.append(
                    f"{file}:{node.lineno}: {node.name} has no docstring. First line: what it returns or does; "
                    "then its rules; then what can still go wrong."
                )
    report(found)
