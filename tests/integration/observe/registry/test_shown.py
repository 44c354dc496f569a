"""What a registry shows in the handshake is told with what is wrong with it, whether or not anybody trusts it."""

from __future__ import annotations

from pathlib import Path

import pytest

from labcheck.cause import HostNotFound, TimedOut, Unreadable
from labcheck.observe import docker_files
from labcheck.query import Certificate, Shown
from labcheck.snapshot import Absent, Found, Unknown
from tests.integration.observe.http.test_trust import made
from tests.support.far import FAR, showing
from tests.support.looks import look
from tests.support.loopback import Loopback, reply, silent
from tests.support.places import VECTORS

HOST = FAR.partition(":")[0]
NONE = reply(200, "{}")


@pytest.fixture
def certs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder of Docker's trusted certificates for the registry; the machine trusts nobody."""
    monkeypatch.setattr(docker_files, "CERTS", tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", "")
    (tmp_path / FAR).mkdir()
    return tmp_path / FAR


@pytest.mark.parametrize("trusts", ["", "authority.pem"])
@pytest.mark.parametrize(
    ("shown", "flaw", "name"),
    [
        ("signed.pem", "", HOST),
        ("expired.pem", "expired", HOST),
        ("not-yet-valid.pem", "not-yet-valid", HOST),
        ("loopback.pem", "another-name", "registry.test"),
    ],
)
def test_what_is_wrong_is_told_whoever_is_trusted(shown: str, flaw: str, name: str, trusts: str, certs: Path) -> None:
    if trusts:
        (certs / "ca.crt").write_bytes((VECTORS / trusts).read_bytes())
    is_trusted = bool(trusts) and shown == "signed.pem"
    with pytest.MonkeyPatch.context() as patch, showing(patch, VECTORS / shown, NONE):
        assert look(Certificate(FAR)) == Found(Shown(is_tls=True, is_trusted=is_trusted, flaw=flaw, names=(name,)))


def test_a_certificate_without_names_says_so(certs: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shown = made(tmp_path, "-subj", f"/CN={HOST}")
    for trusts in ("x.txt", "x.crt"):
        (certs / trusts).write_bytes((tmp_path / "crt").read_bytes())
        with showing(monkeypatch, shown, NONE):
            assert look(Certificate(FAR)) == Found(Shown(is_tls=True, is_trusted=False, flaw="no-names", names=()))


def test_plain_http_is_no_tls_and_nothing_is_absent() -> None:
    with Loopback(lambda *_: NONE) as server:
        assert look(Certificate(server.domain)) == Found(Shown(is_tls=False, is_trusted=False, flaw="", names=()))
    assert look(Certificate(server.domain)) == Absent()


def test_what_could_not_be_looked_at_is_unknown(certs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nobody = look(Certificate("registry.invalid:5000"))
    assert isinstance(nobody, Unknown)
    assert nobody.cause == HostNotFound()
    (certs / "ca.crt").mkdir()
    with showing(monkeypatch, VECTORS / "signed.pem", NONE):
        hidden = look(Certificate(FAR))
    assert isinstance(hidden, Unknown)
    assert hidden.cause == Unreadable()
    with Loopback(silent) as server:
        for name in ("HTTPS_PROXY", "https_proxy"):
            monkeypatch.setenv(name, f"http://{server.domain}")
        late = look(Certificate(FAR), timeout=0.3)
    assert isinstance(late, Unknown)
    assert late.cause == TimedOut(0.3)
