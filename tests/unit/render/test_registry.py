"""A registry drawn: the drawing and the tables say the same, a digest is a link, and nothing from outside is markup."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from labcheck.cause import TimedOut
from labcheck.contents import Contents, contents
from labcheck.query import Catalog, StoredAt
from labcheck.query import Tags as TagsOf
from labcheck.render.registry import announced, drawn, live
from labcheck.render.registry_picture import MOST, picture
from labcheck.render.registry_wording import short, size, text
from labcheck.snapshot import Found, Snapshot, Unknown
from tests.support import registry as it
from tests.support.registry import DOMAIN, digest, seen, stored
from tests.support.reports import HOSTILE
from tests.support.tags import Tags

SVG = "{http://www.w3.org/2000/svg}"
HELD = contents(DOMAIN, seen(httpd__broken=it.SLOW))
NOBODY = contents(DOMAIN, it.NOBODY)


def svg(contents: Contents) -> ET.Element:
    return ET.fromstring(picture(contents))  # noqa: S314 - our own


def words(contents: Contents) -> list[str]:
    return [element.text or "" for element in svg(contents).iter(f"{SVG}text")]


def test_the_drawing_has_every_name_every_manifest_and_each_layer_once() -> None:
    said = words(HELD)
    for told in ("httpd", ":2.4", "nginx", ":latest", ":stable", "team/notes", ":v1", ":broken, not seen"):
        assert told in said
    for held in HELD.held:
        assert sum(short(held) in word and "about" not in word.partition(short(held))[0] for word in said) == 1
    for layer in HELD.layers:
        assert said.count(short(layer)) == 1
    assert "28.4 MB, shared by 2" in said
    assert "index of 3" in said
    assert "signature" in said
    assert "artifact vnd.example.notes" in said


def test_every_box_lies_within_the_drawing_and_none_over_another() -> None:
    root = svg(HELD)
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    boxes = [tuple(float(box.attrib[key]) for key in ("x", "y", "width", "height")) for box in root.iter(f"{SVG}rect")]
    boxes = [box for box in boxes if box[3] > 3]
    assert len(boxes) == 6 + 7 + 7
    for x, y, wide, tall in boxes:
        assert x >= 0
        assert x + wide <= width
        assert y + tall <= height
    apart = [
        a is b or a[0] + a[2] <= b[0] or b[0] + b[2] <= a[0] or a[1] + a[3] <= b[1] or b[1] + b[3] <= a[1]
        for a in boxes
        for b in boxes
    ]
    assert all(apart)


def test_an_image_stands_below_its_index_also_where_it_has_a_name_of_its_own() -> None:
    alone = stored(it.AMD, platforms=it.HERE)
    said = words(contents(DOMAIN, seen(httpd__amd=alone)))
    assert said.index("index of 3") + 2 == said.index("image linux/amd64", said.index("index of 3"))
    assert sum(short(digest(it.AMD)) in word for word in said) == 1


def test_every_digest_that_was_read_is_a_link_to_its_bytes() -> None:
    html = drawn(HELD)
    targets = set(re.findall(r'<details id="([^"]+)"', html))
    links = set(re.findall(r'href="#([^"]+)"', html))
    assert links == targets
    assert len(targets) == 6
    shown = html.partition(f"<code>{digest(it.AMD)}</code>")[2].partition("</code></pre>")[0]
    assert "application/vnd.oci.image.layer.v1.tar+gzip" in shown
    inside = html.partition(f"<code>{digest(it.NGINX)}</code>")[2].partition("</pre>")[0]
    assert re.search(rf'<a href="#[^"]+">{digest(it.AMD)}</a>', inside)


def test_the_tables_say_what_the_drawing_says() -> None:
    tables = drawn(HELD).partition("<table>")[2]
    for told in ("could not look: localhost:5000 did not answer within 10 s.", "shared by 2: ", "69.4 MB", "signature"):
        assert told in tables
    for row in re.findall("<tr>(.*?)</tr>", tables):
        assert len(re.findall("<t[dh] ", row)) in {3, 5}


def test_a_registry_that_cannot_be_reached_is_said_and_not_drawn_as_empty() -> None:
    for html in (drawn(NOBODY), live(NOBODY)):
        assert "could not look</strong>: Nobody answers at localhost:5000." in html
        assert "<svg" not in html
        assert "holds" not in html
    assert text(NOBODY) == "localhost:5000 could not be looked into: Nobody answers at localhost:5000."
    empty = contents(DOMAIN, Snapshot.of({Catalog(DOMAIN): Found({"repositories": []})}))
    assert "holds 0 repositories" in drawn(empty)


def test_a_page_that_answers_draws_only_what_changed_anew() -> None:
    parts = re.findall(r'data-part="(\w+)"', live(HELD))
    assert parts == re.findall(r'data-part="(\w+)"', live(NOBODY)) == ["overview", "picture", "tables", "held"]


def test_what_changed_is_announced() -> None:
    after = contents(DOMAIN, seen(httpd__new=stored(it.HTTPD)))
    assert announced(HELD, HELD) == ""
    assert announced(HELD, after) == "Pushed: httpd:new. Gone: httpd:broken."
    assert announced(HELD, NOBODY) == "Nobody answers at localhost:5000."
    assert announced(NOBODY, after).startswith("localhost:5000 answers: 3 repositories")


def test_what_has_no_room_is_said_to_be_left_out() -> None:
    many = {f"httpd__{number}": stored(it.manifest(it.blob(f"{number}", number))) for number in range(MOST + 5)}
    found = contents(DOMAIN, seen(**many))
    assert words(found)[-1] == "Not drawn: 10 tags, 12 manifests, 12 layers more. The tables have them."
    assert len(re.findall("<details id=", drawn(found))) == MOST + 5 + 6


@pytest.mark.parametrize(
    "hostile", [HOSTILE.replace("\ud800", ""), '"><script>alert(1)</script>', "a\x1b[31m\u202eb", "x" * 500]
)
def test_nothing_that_a_registry_says_is_markup(hostile: str) -> None:
    layer = {**it.blob(hostile, 10, hostile), "digest": hostile}
    bad = it.manifest(layer, artifactType=hostile, subject={"digest": hostile}, note=hostile)
    answers = {answer.query: answer.evidence for answer in seen().answers}
    answers |= {
        Catalog(DOMAIN): Found({"repositories": [hostile, f"{hostile}2"]}),
        TagsOf(DOMAIN, hostile): Found({"tags": [hostile, f"{hostile}2"]}),
        StoredAt(f"{DOMAIN}/{hostile}:{hostile}"): stored(bad, missing=(hostile,)),
        StoredAt(f"{DOMAIN}/{hostile}:{hostile}2"): Unknown(hostile, TimedOut(1)),
        TagsOf(DOMAIN, f"{hostile}2"): Unknown(hostile, TimedOut(1)),
    }
    found = contents(DOMAIN, Snapshot.of(answers))
    assert len(found.held) == 1
    svg(found)
    for html in (drawn(found), live(found)):
        tags = Tags(html)
        assert "script" not in tags.seen
        assert not {name for name in tags.attributes if name.startswith("on")}
        assert "\x1b" not in html
        assert "\u202e" not in html
    nobody = contents(hostile, Snapshot.of({Catalog(hostile): Unknown(hostile, TimedOut(1))}))
    for said in (text(found), text(nobody), announced(found, nobody)):
        assert "\x1b" not in said
    assert "script" not in Tags(drawn(nobody)).seen


def test_sizes_are_said_as_people_say_them() -> None:
    told = {
        0: "0 B",
        999: "999 B",
        1000: "1.0 kB",
        28_400_000: "28.4 MB",
        3_200_000_000: "3.2 GB",
        10**13: "10000.0 GB",
    }
    assert {number: size(number) for number in told} == told


def test_the_text_says_what_each_tag_names() -> None:
    said = text(HELD)
    assert said.startswith("localhost:5000 holds 3 repositories, 6 tags, 7 manifests and indexes, 7 layers of 142.1 MB")
    assert f"    latest  {short(digest(it.NGINX))}  index of 3" in said
    assert "    broken  could not look: localhost:5000 did not answer within 10 s." in said
