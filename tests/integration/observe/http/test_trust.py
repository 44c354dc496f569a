"""Docker's own folder of trusted certificates counts for labcheck, too, and by the same rules."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from labcheck.observe import docker_files
from labcheck.observe.http.certificate import ANOTHER, UNKNOWN
from labcheck.observe.http.trust import trusting
from labcheck.query import Ping
from labcheck.snapshot import Found
from tests.support.far import FAR, showing
from tests.support.looks import REGISTRY, look, reason
from tests.support.loopback import reply
from tests.support.places import VECTORS

HOST, PORT = FAR.split(":")
GREETING = reply(200, "{}", **REGISTRY)
UNTRUSTED = f"The certificate of {FAR} is not trusted: {UNKNOWN}."


@pytest.fixture
def certs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder; the machine trusts nobody."""
    monkeypatch.setattr(docker_files, "CERTS", tmp_path / "certs.d")
    monkeypatch.setenv("SSL_CERT_FILE", "")
    return tmp_path / "certs.d"


def trusted(certs: Path, name: str, text: bytes | None = None) -> None:
    """Docker is given this file, with the authority's certificate in it."""
    (certs / name).parent.mkdir(parents=True, exist_ok=True)
    (certs / name).write_bytes((VECTORS / "authority.pem").read_bytes() if text is None else text)


def made(place: Path, *options: str) -> Path:
    """A new certificate that has signed itself, and its key."""
    request = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-batch"]
    files = ["-keyout", str(place / "key"), "-out", str(place / "crt")]
    subprocess.run([*request, *files, "-days", "2", *options], check=True, capture_output=True)
    (place / "both.pem").write_bytes((place / "crt").read_bytes() + (place / "key").read_bytes())
    return place / "both.pem"


@pytest.mark.parametrize(
    ("name", "is_trusted"),
    [
        (f"{FAR}/ca.crt", True),
        (f"{FAR}/anything.crt", True),
        (f"{FAR}/ca.pem", False),
        (f"{FAR}/ca.cert", False),
        (f"{FAR}/ca.crt.txt", False),
        (f"{HOST}/ca.crt", False),
        (f"{HOST}:5001/ca.crt", False),
        ("ca.crt", False),
    ],
)
def test_a_certificate_counts_in_the_registrys_own_folder_and_with_its_ending(
    name: str, *, is_trusted: bool, certs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted(certs, name)
    with showing(monkeypatch, VECTORS / "signed.pem", GREETING):
        if is_trusted:
            assert isinstance(look(Ping(FAR)), Found)
        else:
            assert reason(Ping(FAR)) == UNTRUSTED


def test_a_file_without_a_certificate_trusts_nobody(certs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trusted(certs, f"{FAR}/a.crt", b"")
    trusted(certs, f"{FAR}/b.crt", b"\xff\x00 no certificate")
    with showing(monkeypatch, VECTORS / "signed.pem", GREETING):
        assert reason(Ping(FAR)) == UNTRUSTED
        trusted(certs, f"{FAR}/c.crt")
        assert isinstance(look(Ping(FAR)), Found), "it is read anew"


def test_whom_the_system_trusts_is_read_again_only_when_that_has_changed(certs: Path) -> None:
    before = trusting(FAR)
    assert trusting(FAR) is before
    assert trusting(f"{HOST}:5001") is not before
    trusted(certs, f"{FAR}/ca.crt")
    now = trusting(FAR)
    assert now is not before
    (certs / FAR / "ca.crt").unlink()
    assert trusting(FAR) is not now


def test_where_only_docker_may_read_whom_it_trusts_nothing_is_claimed(
    certs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (certs / FAR / "ca.crt").mkdir(parents=True)
    with showing(monkeypatch, VECTORS / "signed.pem", GREETING):
        assert reason(Ping(FAR)) == f"labcheck may not read whom Docker trusts for {FAR}, in {certs / FAR}."


def test_a_certificate_that_signed_itself_is_trusted_like_an_authority_and_the_common_name_is_no_name(
    certs: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    subject = f"/CN={HOST}"
    for option, why in (("basicConstraints=CA:FALSE", ANOTHER), (f"subjectAltName=IP:{HOST}", "")):
        shown = made(tmp_path, "-subj", subject, "-addext", option)
        trusted(certs, f"{FAR}/ca.crt", (tmp_path / "crt").read_bytes())
        with showing(monkeypatch, shown, GREETING):
            if why:
                assert reason(Ping(FAR)) == f"The certificate of {FAR} is not trusted: {why}."
            else:
                assert isinstance(look(Ping(FAR)), Found)
