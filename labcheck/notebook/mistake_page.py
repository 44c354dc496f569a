"""A mistake's page as a browser shows it: its Markdown, formatted, on a page of its own."""

from __future__ import annotations

from html import escape

import mistune

from labcheck.mistake.known import body, named
from labcheck.render.printable import lines

PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{name}</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 45rem; padding: 0 1rem }}
pre {{ border: 1px solid; overflow-wrap: anywhere; padding: 0.5rem 1rem; white-space: pre-wrap }}
</style>
</head>
<body>
<main>
{inner}</main>
</body>
</html>
"""


def page(name: str) -> str:
    """The page of the mistake of this name, in HTML. Raises :class:`UnknownName`."""
    formatted = mistune.create_markdown(escape=True, plugins=["url", "table"])
    return PAGE.format(name=escape(name), inner=formatted("\n".join(lines(body(named(name))))))
