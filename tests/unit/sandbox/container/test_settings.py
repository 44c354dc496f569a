"""What the course's container asks of Docker: what it needs, and nothing else."""

from __future__ import annotations

from pathlib import Path

from labcheck.sandbox.container.settings import FOLDER, LABEL, Wanted, meaning, settings, volumes

WANTED = Wanted("abc", "labcheck-course:1", "/home/ann/labcheck-course", 501, 20, 8899)
OWN = {"PATH": "/bin", "DOCKER_HOST": "tcp://192.0.2.7:2375", "AWS_SECRET_ACCESS_KEY": "s", "LABCHECK_IMAGES": "course"}


def asked(wanted: Wanted = WANTED) -> dict[str, object]:
    host = settings(wanted, OWN)["HostConfig"]
    assert isinstance(host, dict)
    return host


def test_it_is_not_privileged_and_gets_no_socket_and_no_device() -> None:
    assert set(asked()) == {"CapAdd", "SecurityOpt", "CgroupnsMode", "Mounts", "PortBindings"}
    assert asked()["CapAdd"] == ["SYS_ADMIN", "NET_ADMIN", "SYS_PTRACE"]
    assert asked()["CgroupnsMode"] == "private"
    assert "docker.sock" not in str(settings(WANTED, OWN))


def test_of_the_machines_files_it_gets_one_folder() -> None:
    mounts = asked()["Mounts"]
    assert isinstance(mounts, list)
    assert [it["Source"] for it in mounts if it["Type"] == "bind"] == ["/home/ann/labcheck-course"]
    assert [it["Source"] for it in mounts if it["Type"] == "volume"] == list(volumes("abc"))


def test_its_page_is_published_on_loopback_alone() -> None:
    assert asked()["PortBindings"] == {"48083/tcp": [{"HostIp": "127.0.0.1", "HostPort": "8899"}]}
    assert asked(Wanted("abc", "i", "/f", 1, 1))["PortBindings"] == {
        "48083/tcp": [{"HostIp": "127.0.0.1", "HostPort": ""}]
    }


def test_it_knows_the_learners_ids_and_none_of_their_secrets() -> None:
    assert settings(WANTED, OWN)["Env"] == ["LABCHECK_IMAGES=course", "LABCHECK_LEARNER=501:20"]


def test_all_that_it_makes_has_our_label() -> None:
    mounts = asked()["Mounts"]
    assert isinstance(mounts, list)
    assert settings(WANTED, OWN)["Labels"] == {LABEL: "abc", FOLDER: "/home/ann/labcheck-course"}
    assert [it["VolumeOptions"]["Labels"] for it in mounts if it["Type"] == "volume"] == [{LABEL: "abc"}] * 2


def test_what_it_may_do_is_said_as_it_is_asked() -> None:
    said = meaning("C:/Users/ann/course")
    for asked_for in (
        "SYS_ADMIN",
        "NET_ADMIN",
        "SYS_PTRACE",
        "seccomp",
        "AppArmor",
        "C:/Users/ann/course",
        "127.0.0.1",
    ):
        assert asked_for in said


def test_the_image_is_pinned() -> None:
    here = Path(settings.__code__.co_filename).parent
    bases = [line for line in (here / "Dockerfile").read_text(encoding="utf-8").splitlines() if "BASE=" in line]
    assert len(bases) == 1
    assert "@sha256:" in bases[0]
