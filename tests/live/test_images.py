"""The course images, really built: from packages to a registry's answers, and on to containers that serve pages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from labcheck.sandbox import images
from labcheck.sandbox.images import packages, program, recipe
from labcheck.sandbox.images.libraries import LOADERS, libraries
from labcheck.sandbox.outside import Sandbox
from tests.live.served import fetch, pulled, served

BUILD = "from labcheck.sandbox import images; [print(image.name, image.digest) for image in images.build()]"
TRY = f"""
from labcheck.errors import SandboxError
try:
    {BUILD}
except SandboxError as error:
    print(type(error).__name__, error, "/", error.remedy)
"""

ALL_MODULES = """
for module in modules/*.so; do
    name=$(basename $module .so)
    case $name in mod_mpm_*) ;; *) echo LoadModule ${name#mod_}_module $module ;; esac
done > /tmp/all.conf
httpd -f /tmp/all.conf -C 'LoadModule mpm_event_module modules/mod_mpm_event.so' -C 'Listen 80' -t
"""

# As the official images' documentation and configurations have them.
OFFICIAL = {
    "nginx": {
        "Entrypoint": ["/docker-entrypoint.sh"],
        "Cmd": ["nginx", "-g", "daemon off;"],
        "ExposedPorts": {"80/tcp": {}},
        "StopSignal": "SIGQUIT",
    },
    "httpd": {
        "Cmd": ["httpd-foreground"],
        "ExposedPorts": {"80/tcp": {}},
        "StopSignal": "SIGWINCH",
        "WorkingDir": "/usr/local/apache2",
    },
    "registry": {
        "Entrypoint": ["/entrypoint.sh"],
        "Cmd": ["/etc/docker/registry/config.yml"],
        "ExposedPorts": {"5000/tcp": {}},
        "Volumes": {"/var/lib/registry": {}},
    },
    "busybox": {"Cmd": ["sh"]},
}


class Built(NamedTuple):
    """What two builds gave."""

    images: tuple[images.CourseImage, ...]
    other: str


@pytest.fixture(scope="module", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home without images, for this module."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        reason = "building course images needs apt"
        pytest.fail(reason) if os.environ.get("LABCHECK_LIVE") == "1" else pytest.skip(reason)
    own = tmp_path_factory.mktemp("images-home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LABCHECK_HOME", str(own))
        yield own


@pytest.fixture(scope="module")
def built(own_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The images, and what another home said that built them at the same time."""
    before = _computed()
    other = subprocess.Popen(
        [sys.executable, "-c", BUILD],
        env=os.environ | {"LABCHECK_HOME": str(tmp_path_factory.mktemp("other"))},
        stdout=subprocess.PIPE,
        text=True,
    )
    made = images.build()
    said = other.communicate(timeout=250)[0]
    assert _computed() - before < 60
    assert sorted(path.name for path in (own_home / "images").iterdir()) == [images.folder().name, "lock"]
    return Built(made, said)


def _computed() -> float:
    """Seconds that this process and its children have computed: how long they wait for others is not theirs."""
    return sum(os.times()[:4])


@pytest.fixture(scope="module")
def url(built: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The course's mirror on loopback."""
    assert built
    with served("course", tmp_path_factory.mktemp("mirror")) as address:
        yield address


def _elsewhere(home: Path, *before: str, code: str = BUILD, path: str | None = None) -> str:
    """What this prints with another home."""
    done = subprocess.run(
        [*before, sys.executable, "-c", code],
        env=os.environ | {"LABCHECK_HOME": str(home), "PATH": path or os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_images_say_what_they_are(built: Built) -> None:
    assert [image.name for image in built.images] == list(recipe.image_names())
    assert sum(image.size for image in built.images) < 40 << 20
    for image in built.images:
        assert "latest" in image.tags
        assert image.packages["libc6"]
    registry = next(image for image in built.images if image.name == "registry")
    assert {"2", "2.8"} <= set(registry.tags)
    assert registry.packages["docker-registry"].startswith("2.8")


def test_building_elsewhere_from_the_same_packages_gives_the_same_digests(built: Built) -> None:
    assert built.other.splitlines() == [f"{image.name} {image.digest}" for image in built.images]


@pytest.mark.parametrize("name", OFFICIAL)
def test_an_image_is_complete_and_configured_as_the_official_one(name: str, url: str, built: Built) -> None:
    image = next(image for image in built.images if image.name == name)
    for tag in image.tags:
        manifest, config = pulled(url, f"library/{name}", tag)
    settings = dict(config["config"])
    assert settings.pop("Env")[0].startswith("PATH=")
    labels = settings.pop("Labels")
    assert settings == OFFICIAL[name]
    assert labels["labcheck.course"] == "1"
    assert labels["org.opencontainers.image.title"]
    assert config["architecture"] == packages.architecture()
    assert len(config["rootfs"]["diff_ids"]) == len(manifest["layers"])
    assert len([step for step in config["history"] if not step.get("empty_layer")]) == len(manifest["layers"])


def test_images_share_the_layers_below(url: str) -> None:
    layers = {
        name: [layer["digest"] for layer in pulled(url, f"library/{name}", "latest")[0]["layers"]] for name in OFFICIAL
    }
    assert layers["nginx"][:2] == layers["httpd"][:2]
    assert layers["nginx"][2] != layers["httpd"][2]
    assert layers["busybox"] == layers["registry"][:1] == layers["nginx"][:1]


def test_the_mirror_takes_no_pushes(url: str) -> None:
    request = urllib.request.Request(f"{url}/v2/library/nginx/blobs/uploads/", method="POST")  # noqa: S310 - loopback
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=60)
    with refused.value as reply:
        assert reply.code == 405


def test_a_cache_of_another_registry_serves_the_same_and_keeps_it(url: str, tmp_path: Path) -> None:
    with served(url, tmp_path) as cache:
        assert pulled(cache, "library/nginx", "latest") == pulled(url, "library/nginx", "latest")
        with pytest.raises(urllib.error.HTTPError, match="404"):
            fetch(f"{cache}/v2/library/nothing/manifests/latest")
        wanted = {blob["digest"] for blob in pulled(url, "library/nginx", "latest")[0]["layers"]}
        deadline = time.monotonic() + 10
        while wanted - {f"sha256:{path.parent.name}" for path in tmp_path.rglob("data")}:
            assert time.monotonic() < deadline, "a cache keeps what it serves, if a little later"
            time.sleep(0.02)


def test_what_is_saved_works_on_a_machine_without_packages(built: Built, tmp_path: Path) -> None:
    saved = images.save(tmp_path / "course.tar")
    load = f"from pathlib import Path; from labcheck.sandbox import images; images.load(Path({str(saved)!r}))"
    said = _elsewhere(tmp_path / "home", code=f"{load}; {BUILD}", path="/nowhere")
    assert said.splitlines() == [f"{image.name} {image.digest}" for image in built.images]
    place = tmp_path / "home/images" / images.folder().name
    run = [*program.command(place, packages.architecture()), "--version"]
    assert " 2.8" in subprocess.run(run, capture_output=True, text=True, check=True, timeout=240, env={}).stdout


def test_a_library_that_only_the_machine_has_counts_as_missing(built: Built, tmp_path: Path) -> None:
    assert built
    place = images.folder() / "mirror"
    loader = place / Path(LOADERS[packages.architecture()]).name
    registry = place / "docker-registry"
    found, missing = libraries([registry], loader, [place])
    assert ([path.name for path in found], missing) == (["libc.so.6"], {})
    assert libraries([registry], loader, [tmp_path]) == ([], {"libc.so.6": "docker-registry"})


@pytest.mark.parametrize(
    ("before", "path", "words"),
    [
        (["unshare", "--net"], None, "apt cannot reach any of this machine's package sources"),
        ([], "/nowhere", "has no apt"),
    ],
)
def test_without_network_or_apt_there_is_one_sentence_and_a_remedy(
    before: list[str], path: str | None, words: str, tmp_path: Path
) -> None:
    said = _elsewhere(tmp_path, *before, code=TRY, path=path)
    assert words in said
    assert "images load" in said
    assert len(said.splitlines()) == 1
    assert [path.name for path in (tmp_path / "images").iterdir()] == ["lock"]


@pytest.mark.parametrize(
    ("size", "action"),
    [("50m", "build()"), ("20m", "load(Path('{tmp}/course.tar'))"), ("5m", "save(Path('{tmp}/small/copy.tar'))")],
)
def test_a_small_disk_is_one_sentence_and_nothing_half_written(
    size: str, action: str, built: Built, own_home: Path, tmp_path: Path
) -> None:
    assert built
    images.save(tmp_path / "course.tar")
    small = tmp_path / "small"
    small.mkdir()
    script = f'mount -t tmpfs -o size={size} none "$1" && cd "$1" && shift && "$@" && find . -type f'
    imports = "from pathlib import Path; from labcheck.sandbox import images"
    said = _elsewhere(
        own_home if "copy" in action else small,
        *("unshare", "--mount", "sh", "-c", script, "sh", str(small)),
        code=TRY.replace(BUILD, f"{imports}; images.{action.format(tmp=tmp_path)}"),
    )
    assert said.startswith(f"SandboxError The disk that holds {small}"), said
    assert said.splitlines()[1:] == ([] if "copy" in action else ["./images/lock"])


def test_programs_start_under_the_names_and_in_the_places_people_know(shared_world: Sandbox) -> None:
    def inside(command: str, told: str = "") -> str:
        done = shared_world.run(["sh", "-ec", command], input=told)
        assert done.returncode == 0, (command, done)
        return done.stdout + done.stderr

    assert "syntax is ok" in inside("docker run --rm nginx nginx -t")
    assert "Syntax OK" in inside("docker run --rm httpd httpd -t")
    assert "Syntax OK" in inside("docker run --rm -i httpd bash -se", ALL_MODULES)
    assert inside("docker run --rm --entrypoint htpasswd httpd:2 -Bbn ann secret").startswith("ann:$2y$")
    assert "2.8" in inside("docker run --rm registry:2 --version")
    assert "not referenced" in inside("docker run --rm registry:2 garbage-collect --help")
    applets = recipe.recipes()["busybox"].applets
    assert applets
    assert set(applets.names) <= set(inside("docker run --rm busybox busybox --list").split())
    assert "127.0.0.1" in inside("docker run --rm busybox cat /etc/hosts")


def test_the_three_servers_serve_and_stop_quickly(shared_world: Sandbox) -> None:
    def inside(command: str) -> str:
        done = shared_world.run(["sh", "-ec", command])
        assert done.returncode == 0, (command, done)
        return done.stdout

    answers = "for i in $(seq 600); do curl -fsS {} && exit; sleep 0.05; done; exit 1"
    inside("docker pull nginx:latest && docker run -d --name web -p 8080:80 nginx:latest")
    inside("docker run -d --name apache -p 8081:80 httpd")
    inside("docker run -d --name my-registry -p 5000:5000 --restart=always registry:2")
    assert "Welcome to nginx!" in inside(answers.format("localhost:8080"))
    assert "It works!" in inside(answers.format("localhost:8081"))
    assert inside(answers.format("localhost:5000/v2/")).strip() == "{}"
    assert "GET / HTTP/1.1" in inside("docker logs web")
    inside("docker tag nginx localhost:5000/nginx && docker push -q localhost:5000/nginx")
    inside("docker exec my-registry registry garbage-collect /etc/docker/registry/config.yml")
    inside("docker exec my-registry kill 1; docker exec web bash -c 'echo hello'")
    assert inside(answers.format("localhost:5000/v2/_catalog")).strip() == '{"repositories":["nginx"]}'
    for name, code in {"web": "0", "apache": "0", "my-registry": "2"}.items():
        inside(f"docker stop {name}")  # what does not end by itself within 10 seconds is killed: its code is 137
        assert inside(f"docker inspect -f '{{{{.State.ExitCode}}}}' {name}").strip() == code
    inside("docker run --rm -e REGISTRY_LOG_LEVEL=nonsense registry:2 2>&1 | grep -q nonsense")
