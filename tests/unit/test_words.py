"""Whether a page says certain words: as it is read, not as it is written."""

from __future__ import annotations

import pytest

from labcheck.words import says


@pytest.mark.parametrize(
    "page",
    [
        b"Fresh bread\n",
        b"<h1>Fresh bread</h1>",
        b"<p>fresh\n   BREAD!</p>",
        b"<b>Fresh</b>&nbsp;bread",
        b"<html><body>We have &#70;resh bread, and rolls</body></html>",
        "«Fresh bread»".encode(),
        b"\xff\xfe Fresh bread",
    ],
)
def test_it_is_there_whatever_stands_around_it(page: bytes) -> None:
    assert says(page, "Fresh bread")


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"Welcome to nginx!",
        b"Fresh breads",
        b"Unfresh bread",
        b"bread, Fresh",
        b"<title>Fresh bread</title><h1>Welcome</h1>",
        b"<!-- Fresh bread -->",
        b'<img alt="Fresh bread">',
        b"<script>'Fresh bread'</script>",
    ],
)
def test_it_is_not_there_where_nobody_would_read_it(page: bytes) -> None:
    assert not says(page, "Fresh bread")
