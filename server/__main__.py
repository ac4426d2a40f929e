"""`python -m server` is the command `gongshilan`."""

from __future__ import annotations

from server.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main(prog_name="gongshilan")
