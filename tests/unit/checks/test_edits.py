"""An edited image is its base and something on top: another image, the base itself, or another page is none."""

from __future__ import annotations

import pytest

from labcheck.cause import TimedOut
from labcheck.checks import EditPushed, ImageBuiltOn
from labcheck.configuration import FIELD
from labcheck.document import Document
from labcheck.query import ImageNamed, PageStored, StoredAt
from labcheck.snapshot import Unknown
from labcheck.verdict import Finding, Outcome
from tests.support.stock import seen

IMAGE, BASE, PATH, WORDS = "localhost:5002/bakery:v1", "nginx:latest", "/usr/share/nginx/html/index.html", "Fresh bread"
NGINX = ["sha256:one", "sha256:two"]
EDITED = [*NGINX, "sha256:page"]
SILENT = Unknown("localhost:5002 did not answer in time.", TimedOut(1))


def here(name: str, layers: list[str], configuration: str = "as-nginx") -> Document:
    return {"Id": f"sha256:{name}", "RepoTags": [name], "RootFS": {"Layers": layers}, FIELD: configuration}


NGINX_HERE = here(BASE, NGINX)


@pytest.mark.parametrize(
    ("image", "outcome", "actual"),
    [
        (here(IMAGE, EDITED), Outcome.PASS, f"{IMAGE} is {BASE} with an edit"),
        (here(IMAGE, [*EDITED, "sha256:more"]), Outcome.PASS, f"{IMAGE} is {BASE} with an edit"),
        (here(IMAGE, NGINX, "other-settings"), Outcome.PASS, f"{IMAGE} is {BASE} with an edit"),
        (here(IMAGE, NGINX), Outcome.FAIL, f"it is {BASE} itself, without an edit"),
        (here(IMAGE, ["sha256:other"]), Outcome.FAIL, f"it is not built on {BASE}"),
        (here(IMAGE, EDITED[1:]), Outcome.FAIL, f"it is not built on {BASE}"),
        (None, Outcome.FAIL, "there is no image of that name"),
        (SILENT, Outcome.INCONCLUSIVE, SILENT.reason),
        (
            here(IMAGE, []),
            Outcome.INCONCLUSIVE,
            f"nobody looked while {BASE} was here, so they cannot be compared",
        ),
    ],
)
def test_an_image_is_built_on_another(image: Document | Unknown | None, outcome: Outcome, actual: str) -> None:
    past = seen({ImageNamed(IMAGE): image, ImageNamed(BASE): NGINX_HERE})
    finding = ImageBuiltOn(image=IMAGE, base=BASE).judge(past)
    assert (finding.outcome, finding.actual) == (outcome, actual)


@pytest.mark.parametrize("base", [None, SILENT, here(BASE, [])])
def test_an_unknown_base_proves_nothing(base: Document | Unknown | None) -> None:
    past = seen({ImageNamed(IMAGE): here(IMAGE, EDITED), ImageNamed(BASE): base})
    assert ImageBuiltOn(image=IMAGE, base=BASE).judge(past).outcome is Outcome.INCONCLUSIVE


def held(*layers: str, missing: tuple[str, ...] = (), configuration: str = "as-nginx") -> Document:
    platform = {"digest": "sha256:m", "layers": list(layers), "configuration": configuration}
    return {"digest": "sha256:m", "platforms": [platform], "missing": list(missing)}


def pushed(stored: Document | Unknown | None, *files: str, page: Document | Unknown | None = None) -> Finding:
    """The page's layers come from the top down; the base's come last."""
    layers = [*reversed(EDITED)]
    found = page or {"layers": [{"layer": layer, "file": file} for layer, file in zip(layers, files, strict=False)]}
    past = seen(
        {StoredAt(IMAGE): stored, PageStored(IMAGE, PATH, WORDS): found, ImageNamed(BASE): NGINX_HERE},
    )
    return EditPushed(image=IMAGE, base=BASE, path=PATH, words=WORDS).judge(past)


@pytest.mark.parametrize(
    ("stored", "files", "outcome", "actual"),
    [
        (held(*EDITED), ["says"], Outcome.PASS, f"the registry holds {IMAGE}, and its page says “{WORDS}”"),
        (held(*EDITED), ["other"], Outcome.FAIL, f"its page {PATH} does not say that"),
        (held(*EDITED), ["removed"], Outcome.FAIL, f"the edit has nothing to do with {PATH}"),
        (held(*EDITED), ["none", "says"], Outcome.FAIL, f"the edit has nothing to do with {PATH}"),
        (
            held(*EDITED),
            ["unread", "says"],
            Outcome.INCONCLUSIVE,
            "the layer with the edit is larger than labcheck reads, or packed otherwise",
        ),
        (held(*NGINX), ["none"], Outcome.FAIL, f"it is {BASE} itself, without an edit"),
        (held("sha256:other"), ["says"], Outcome.FAIL, f"it is not built on {BASE}"),
        (held(*EDITED, missing=("sha256:l",)), ["says"], Outcome.FAIL, "it is there, but 1 of its parts are missing"),
        (None, [], Outcome.FAIL, "the registry holds nothing of that name and tag"),
        (SILENT, [], Outcome.INCONCLUSIVE, SILENT.reason),
    ],
)
def test_an_edit_is_pushed_where_a_layer_above_the_base_has_the_page(
    stored: Document | Unknown | None, files: list[str], outcome: Outcome, actual: str
) -> None:
    finding = pushed(stored, *files)
    assert (finding.outcome, finding.actual) == (outcome, actual)


def test_a_page_that_could_not_be_read_is_not_a_wrong_one() -> None:
    assert pushed(held(*EDITED), page=SILENT).outcome is Outcome.INCONCLUSIVE
