"""What is wrong with a registry's certificate, or with the files that tell Docker whom to trust."""

from __future__ import annotations

from labcheck.checks import CertificateTrusted, CertificateValid
from labcheck.mistake import Facts, facts, recognises
from labcheck.mistakes import seen
from labcheck.mistakes.registry.certificate import host, kind
from labcheck.past import Past
from labcheck.query import Certificate, ContainerList, Shown, TrustList
from labcheck.snapshot import Found, Unknown

ENDING = ".crt"
SETTINGS = ("REGISTRY_HTTP_TLS_CERTIFICATE", "REGISTRY_HTTP_TLS_KEY")


@recognises("certificate-for-another-name", CertificateValid, CertificateTrusted)
def for_another_name(check: CertificateValid | CertificateTrusted, past: Past) -> Facts | None:
    """It has names, and the registry's is not among them."""
    shown = _shown(check, past)
    if shown is None or shown.flaw != "another-name":
        return None
    return facts(address=check.domain, names=", ".join(shown.names))


@recognises("certificate-without-names", CertificateValid, CertificateTrusted)
def without_names(check: CertificateValid | CertificateTrusted, past: Past) -> Facts | None:
    """It has a Common Name only."""
    shown = _shown(check, past)
    if shown is None or shown.flaw != "no-names":
        return None
    return facts(address=check.domain, host=host(check.domain), kind=kind(check.domain))


@recognises("certificate-expired", CertificateValid, CertificateTrusted)
def expired(check: CertificateValid | CertificateTrusted, past: Past) -> Facts | None:
    """Its time is over, or has not come."""
    shown = _shown(check, past)
    if shown is None or shown.flaw not in {"expired", "not-yet-valid"}:
        return None
    return facts(whose=f"The certificate of {check.domain}", early=shown.flaw == "not-yet-valid")


@recognises("registry-without-tls", CertificateValid, CertificateTrusted)
def without_tls(check: CertificateValid | CertificateTrusted, past: Past) -> Facts | None:
    """What answers speaks plain HTTP."""
    shown = _shown(check, past)
    if shown is None or shown.is_tls:
        return None
    row = next((it for it in seen.containers(past) if seen.publishes(it, check.domain)), None)
    container = seen.container(past, row.name) if row else None
    if isinstance(past.now(ContainerList()), Unknown) or (row and not container):
        return None
    missing = next((it for it in SETTINGS if container and it not in container.variables), "")
    return facts(address=check.domain, name=container.name if container else "", missing=missing)


@recognises("trust-folder-misnamed", CertificateTrusted)
def folder_misnamed(check: CertificateTrusted, past: Past) -> Facts | None:
    """There is a certificate to be trusted, in a folder of another name; in the right one there is none."""
    folders = _folders(check, past)
    if folders is None or _trusted(folders.get(check.domain, ())):
        return None
    others = [(name, files[0]) for name, them in sorted(folders.items()) if (files := _trusted(them))]
    if len(others) != 1:
        return None
    return facts(address=check.domain, folder=others[0][0], file=others[0][1])


@recognises("trust-file-misnamed", CertificateTrusted)
def file_misnamed(check: CertificateTrusted, past: Past) -> Facts | None:
    """There is a file in the right folder, with another ending."""
    folders = _folders(check, past) or {}
    files = folders.get(check.domain, ())
    return facts(address=check.domain, file=files[0]) if files and not _trusted(files) else None


@recognises("another-certificate-trusted", CertificateTrusted)
def another_trusted(check: CertificateTrusted, past: Past) -> Facts | None:
    """There is a certificate in the right folder, and it is not the registry's."""
    folders = _folders(check, past) or {}
    files = _trusted(folders.get(check.domain, ()))
    return facts(address=check.domain, file=files[0]) if files else None


def _shown(check: CertificateValid | CertificateTrusted, past: Past) -> Shown | None:
    """What the registry shows, if it could be seen."""
    shown = past.now(Certificate(check.domain))
    return shown.value if isinstance(shown, Found) else None


def _folders(check: CertificateTrusted, past: Past) -> dict[str, tuple[str, ...]] | None:
    """Whom Docker trusts, if the only thing wrong with the registry's certificate is that it is not trusted."""
    shown, folders = _shown(check, past), past.now(TrustList())
    if shown is None or not shown.is_tls or shown.flaw or shown.is_trusted or not isinstance(folders, Found):
        return None
    return dict(folders.value)


def _trusted(files: tuple[str, ...]) -> list[str]:
    return [file for file in files if file.endswith(ENDING)]
