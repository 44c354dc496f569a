"""How course images are described and packed: recipes, layers, history."""

from __future__ import annotations

import gzip
import io
import tarfile

from labcheck.digest import digest_of
from labcheck.sandbox.images import recipe
from labcheck.sandbox.images.history import history
from labcheck.sandbox.images.layer import Entry, file_of, pack, walk

# Recipes


def test_each_recipe_comes_after_the_one_it_stands_on() -> None:
    found = list(recipe.recipes())
    assert found.index("busybox") < found.index("bash") < found.index("nginx")
    assert recipe.lineage("httpd", recipe.recipes()) == ["busybox", "bash", "httpd"]
    assert recipe.image_names() == ("busybox", "httpd", "nginx", "registry")


def test_another_architecture_or_recipe_is_another_set() -> None:
    assert recipe.key("amd64") != recipe.key("arm64")
    assert recipe.key("amd64") == recipe.key("amd64")


# Layers


def test_a_layer_is_the_same_bytes_in_whatever_order_it_is_given() -> None:
    entries = {"/b/c": file_of(b"x"), "/a": Entry(target="b"), "/shared": Entry(0o1777), "/b/ő": file_of(b"")}
    one, two = pack(entries, 7), pack(dict(reversed(entries.items())), 7)
    assert one == two
    with tarfile.open(fileobj=io.BytesIO(gzip.decompress(one.compressed))) as tar:
        assert [entry.name for entry in tar] == ["a", "b", "b/c", "b/ő", "shared"]
        assert {(entry.uid, entry.gid, entry.mtime, entry.uname) for entry in tar} == {(0, 0, 7, "")}
        assert tar.getmember("shared").mode == 0o1777
    assert one.diff_id == digest_of(gzip.decompress(one.compressed))


def test_programs_and_scripts_can_be_run_and_other_files_cannot() -> None:
    assert file_of(b"#!/bin/sh\n").mode == 0o755
    assert file_of(b"\x7fELF").mode == 0o755
    assert file_of(b"server {}").mode == 0o644


def test_walking_a_layer_gives_back_what_was_packed() -> None:
    layer = pack({"/etc/a": file_of(b"abc"), "/l": Entry(target="etc/a")}, 0)
    found = {
        header.name: (header.type, content.read())
        for header, content in walk(io.BytesIO(gzip.decompress(layer.compressed)), 100)
    }
    assert found == {
        "etc": (tarfile.DIRTYPE, b""),
        "etc/a": (tarfile.REGTYPE, b"abc"),
        "l": (tarfile.SYMTYPE, b""),
    }


def test_history_speaks_as_a_dockerfile_does() -> None:
    words = {
        "Cmd": ["nginx", "-g", "daemon off;"],
        "Env": ["A=1", "B=2"],
        "ExposedPorts": {"80/tcp": {}},
        "StopSignal": "SIGQUIT",
        "Labels": {"x": "y"},
    }
    steps = history([{"nginx": "1.22", "libc6": "2"}], words, "then")
    assert [step["created_by"] for step in steps] == [
        "COPY libc6=2 nginx=1.22 /",
        "ENV A=1",
        "ENV B=2",
        "EXPOSE 80/tcp",
        "STOPSIGNAL SIGQUIT",
        'CMD ["nginx", "-g", "daemon off;"]',
    ]
    assert [step.get("empty_layer", False) for step in steps] == [False, True, True, True, True, True]
