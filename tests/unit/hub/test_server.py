"""What a server for a hub reads in its environment."""

from __future__ import annotations

import pytest

from labcheck.hub.server import api


@pytest.mark.parametrize(
    ("url", "address"),
    [("http://127.0.0.1:8081/hub/api", ("127.0.0.1", 8081)), ("http://hub/hub/api", ("hub", 80))],
)
def test_the_hubs_api_is_where_the_hub_says(url: str, address: tuple[str, int]) -> None:
    assert api({"JUPYTERHUB_API_URL": url}) == address
