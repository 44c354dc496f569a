"""Course images as a file: what was saved can be loaded; damaged and hostile files are refused and change nothing."""

from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from labcheck.digest import digest_of
from labcheck.errors import Refused, SandboxError
from labcheck.sandbox import images
from labcheck.sandbox.images import archive
from labcheck.sandbox.images.layer import Layer, file_of, pack
from labcheck.sandbox.images.packages import architecture
from tests.support.small_course import Members, members, small_course, tar_of, with_blob


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course's home of the test's own."""
    monkeypatch.setenv("LABCHECK_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Members:
    """What a good file holds."""
    return members(small_course(tmp_path_factory.mktemp("made")))


def _file(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "course.tar"
    path.write_bytes(data)
    return path


def test_what_was_saved_can_be_loaded_and_saved_again_to_the_same_bytes(tmp_path: Path, saved: Members) -> None:
    loaded = images.load(_file(tmp_path, tar_of(saved)))
    assert [image.name for image in loaded] == ["busybox", "httpd", "nginx", "registry"]
    assert loaded[0].packages == {"tiny": "1.0-1"}
    assert loaded == images.held() == images.build()
    again = images.save(tmp_path / "again.tar")
    assert members(images.folder()) == saved
    assert images.load(again) == loaded
    assert (images.folder() / "mirror/docker-registry").read_bytes() == b"\x7fELF..."


def test_nothing_built_is_an_empty_list() -> None:
    assert images.held() == ()
    assert not images.built()


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path, saved: Members) -> None:
    images.load(_file(tmp_path, tar_of(saved)))
    precious = tmp_path / "precious"
    precious.write_text("mine")
    with pytest.raises(Refused, match="already exists"):
        images.save(precious)
    assert precious.read_text() == "mine"


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path: Path, saved: Members) -> None:
    images.load(_file(tmp_path, tar_of(saved)))
    with pytest.raises(SandboxError, match="cannot be kept"):
        images.save(tmp_path / "nowhere/course.tar")


def _header(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.type, header.linkname = kind, target
    return header


def _boasting(name: str, size: int) -> bytes:
    header = tarfile.TarInfo(name)
    header.size = size
    return header.tobuf(tarfile.GNU_FORMAT)


def _pax() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
        tar.addfile(_header("x" * 300, tarfile.REGTYPE))
    return file.getvalue()


def _altered(saved: Members, old: bytes, new: bytes) -> Members:
    """Replace some text in the index."""
    assert old in saved["index.json"]
    return saved | {"index.json": saved["index.json"].replace(old, new, 1)}


def _without_a_blob(saved: Members) -> Members:
    return {name: data for name, data in saved.items() if name != _a_blob(saved)}


def _a_blob(saved: Members) -> str:
    return min(name for name in saved if name.startswith("blobs"))


HOSTILE: dict[str, Callable[[Members], bytes]] = {
    "nothing": lambda _: b"",
    "text": lambda _: b"This is no tar.\n" * 100,
    "gzip": lambda saved: gzip.compress(tar_of(saved)),
    "half": lambda saved: tar_of(saved)[: len(tar_of(saved)) // 2],
    "up and out": lambda saved: tar_of(saved | {"../../evil": b"x"}),
    "absolute": lambda saved: tar_of(saved | {"/etc/evil": b"x"}),
    "up and out of the blobs": lambda saved: tar_of(saved | {f"blobs/sha256/../{'a' * 61}": b"x"}),
    "a link": lambda saved: tar_of(saved, [_header("index.json", tarfile.SYMTYPE, "/etc/passwd")]),
    "a hard link": lambda saved: tar_of(saved, [_header("index.json", tarfile.LNKTYPE, "/etc/passwd")]),
    "a device": lambda saved: tar_of(saved, [_header("blobs", tarfile.CHRTYPE)]),
    "a folder": lambda saved: tar_of(saved, [_header("blobs", tarfile.DIRTYPE)]),
    "twice": lambda saved: tar_of(saved)[: -tarfile.RECORDSIZE] + tar_of(saved),
    "no index": lambda saved: tar_of({name: saved[name] for name in saved if name != "index.json"}),
    "a blob missing": lambda saved: tar_of(_without_a_blob(saved)),
    "a blob more": lambda saved: tar_of(with_blob(saved, b"x")),
    "a blob of other bytes": lambda saved: tar_of(saved | {_a_blob(saved): b"x"}),
    "a huge claim": lambda saved: tar_of(saved)[: -tarfile.RECORDSIZE] + _boasting("index.json", 1 << 40),
    "a claim below nothing": lambda saved: tar_of(saved)[: -tarfile.RECORDSIZE] + _boasting("index.json", -1024),
    "extensions": lambda _: _pax(),
    "an index of nonsense": lambda saved: tar_of(saved | {"index.json": b"\xff{"}),
    "an index of depths": lambda saved: tar_of(saved | {"index.json": b"[" * 100_000}),
    "an index of something else": lambda saved: tar_of(saved | {"index.json": b'{"manifests": 1}'}),
    "an empty index": lambda saved: tar_of(_altered(saved, b'"manifests": [', b'"manifests": [], "x": [')),
    "a digest that is a path": lambda saved: tar_of(_altered(saved, b'"sha256:', b'"../../../../../../etc/')),
    "another size": lambda saved: tar_of(_altered(saved, b'"size": ', b'"size": 1')),
    "a strange image": lambda saved: tar_of(_altered(saved, b"library/nginx:", b"library/other:")),
    "a strange tag": lambda saved: tar_of(_altered(saved, b"nginx:latest", b"nginx:../../../x")),
    "an image too few": lambda saved: tar_of(_altered(saved, b"library/nginx:", b"library/httpd:")),
}


def test_a_damaged_or_hostile_file_is_one_sentence_and_changes_nothing(
    saved: Members, tmp_path: Path, home: Path, subtests: pytest.Subtests
) -> None:
    before = images.load(_file(tmp_path, tar_of(saved)))
    there = sorted(tmp_path.rglob("*"))
    for kind, made in HOSTILE.items():
        with subtests.test(kind):
            file = _file(tmp_path, made(saved))
            with pytest.raises(SandboxError, match=r"course\.tar cannot be used: [^\n]+\.$") as raised:
                images.load(file)
            assert "images save" in raised.value.remedy
            assert images.held() == before
            assert sorted(tmp_path.rglob("*")) == there
            assert not list((home / "images").glob(".*"))


def test_images_for_another_machine_are_refused(tmp_path: Path) -> None:
    made = small_course(tmp_path / "made", machine="s390x")
    with pytest.raises(SandboxError, match="for 's390x', and this machine"):
        images.load(_file(tmp_path, tar_of(members(made))))


def test_a_layer_that_swells_is_refused_without_being_swallowed(tmp_path: Path) -> None:
    pieces = b"\0" * (1 << 20)
    file = io.BytesIO()
    with gzip.GzipFile(fileobj=file, mode="wb", mtime=0, compresslevel=1) as packed:
        for _ in range(300):
            packed.write(pieces)
    made = small_course(tmp_path / "made", layer=Layer(file.getvalue(), digest_of(b""), 0))
    with pytest.raises(SandboxError, match="a layer in it does not match its image"):
        images.load(_file(tmp_path, tar_of(members(made))))


def test_a_layer_that_is_not_what_its_image_says_is_refused(tmp_path: Path) -> None:
    other = pack({"/x": file_of(b"")}, 0)
    for layer in (
        Layer(other.compressed, digest_of(b"y"), 0),
        Layer(other.compressed + other.compressed, other.diff_id, 0),
        Layer(other.compressed[:-9], other.diff_id, 0),
        Layer(b"no gzip", digest_of(b"no gzip"), 0),
    ):
        made = small_course(tmp_path / layer.diff_id[-5:] / str(len(layer.compressed)), layer=layer)
        with pytest.raises(SandboxError, match="a layer in it"):
            images.load(_file(tmp_path, tar_of(members(made))))


def test_a_registry_image_without_a_registry_is_refused(tmp_path: Path) -> None:
    made = small_course(tmp_path / "made", layer=pack({"/x": file_of(b"")}, 0))
    with pytest.raises(SandboxError, match="contains no registry"):
        images.load(_file(tmp_path, tar_of(members(made))))


def test_what_a_label_says_reaches_no_terminal_unless_it_is_plain(tmp_path: Path) -> None:
    made = small_course(tmp_path / "made", labels="\x1b[2Jtiny 1.0, good 2.0\x07, \x1b]0;x")
    assert images.load(_file(tmp_path, tar_of(members(made))))[0].packages == {"tiny": "1.0", "good": "2.0"}
    made = small_course(tmp_path / "other", created="\x1b[2J")
    with pytest.raises(SandboxError, match="invalid creation time"):
        images.load(_file(tmp_path, tar_of(members(made))))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.floats(0, 1, exclude_max=True), bits=st.integers(1, 255))
def test_a_file_with_one_byte_changed_is_refused_or_says_the_same(
    where: float, bits: int, saved: Members, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("flip")
    data = bytearray(tar_of(saved).rstrip(b"\0"))
    data[int(where * len(data))] ^= bits
    try:
        archive.read(io.BytesIO(bytes(data) + b"\0" * 1024), folder / "read", architecture())
    except ValueError:
        return
    read = members(folder / "read")
    assert {name: read[name] for name in read if "blobs" in name} == {
        name: saved[name] for name in saved if "blobs" in name
    }


@pytest.mark.parametrize("name", ["nothing-here", "."])
def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(SandboxError, match="cannot be read"):
        images.load(tmp_path / name)


def test_images_that_rotted_on_the_disk_are_noticed(tmp_path: Path, saved: Members) -> None:
    images.load(_file(tmp_path, tar_of(saved)))
    for path in images.folder().rglob("data"):
        path.write_bytes(b"rot")
    with pytest.raises(SandboxError, match="are damaged") as raised:
        images.held()
    assert "images build" in raised.value.remedy
    with pytest.raises(SandboxError, match="are damaged"):
        images.save(tmp_path / "rotten.tar")
    assert not (tmp_path / "rotten.tar").exists()
