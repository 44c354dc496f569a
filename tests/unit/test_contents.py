"""What a registry holds, read from what one look saw: kinds, shared layers, and what nobody could see."""

from __future__ import annotations

from labcheck.contents import Contents, contents
from labcheck.query import Catalog, StoredAt, Tags
from labcheck.snapshot import Found, Snapshot
from tests.support import registry as it
from tests.support.registry import DOMAIN, digest, manifest, seen, stored


def held(**changes: object) -> Contents:
    return contents(DOMAIN, seen(**changes))  # type: ignore[arg-type]  # as evidence


def test_repositories_tags_and_what_these_name() -> None:
    found = held()
    names = {f"{one.name}:{tag.name}": tag.digest for one in found.repositories for tag in one.tags}
    assert names == {
        "httpd:2.4": digest(it.HTTPD),
        "nginx:latest": digest(it.NGINX),
        "nginx:stable": digest(it.NGINX),
        f"nginx:{it.SIGNED}": digest(it.SIGNATURE),
        "team/notes:v1": digest(it.NOTES),
    }
    assert found.trouble == ""


def test_each_manifest_is_there_once_with_its_kind_and_its_bytes() -> None:
    found = held().held
    kinds = {one.digest: (one.kind, one.platform or one.artifact_type, one.text) for one in found.values()}
    assert kinds == {
        digest(it.HTTPD): ("image", "linux/amd64", it.HTTPD),
        digest(it.NGINX): ("index", "", it.NGINX),
        digest(it.AMD): ("image", "linux/amd64", it.AMD),
        digest(it.ARM): ("image", "linux/arm64", it.ARM),
        digest("attestation"): ("attestation", "", ""),
        digest(it.SIGNATURE): ("signature", "application/vnd.dev.cosign.simplesigning.v1+json", it.SIGNATURE),
        digest(it.NOTES): ("artifact", "application/vnd.example.notes", it.NOTES),
    }
    assert found[digest(it.NGINX)].manifests == (digest(it.AMD), digest(it.ARM), digest("attestation"))


def test_a_layer_of_several_manifests_is_there_once_and_knows_them() -> None:
    blob, owners = held().layers[digest("base")]
    assert blob.size == 28_400_000
    assert owners == (digest(it.HTTPD), digest(it.AMD))
    assert len(held().layers) == 7


def test_a_signature_says_what_it_is_about_by_its_tag_or_by_its_subject() -> None:
    assert held().held[digest(it.SIGNATURE)].about == digest(it.NGINX)
    about = {"mediaType": "x", "digest": digest(it.HTTPD), "size": 1}
    bill = manifest(it.blob("sbom", 10, "application/spdx+json"), artifactType="application/spdx+json", subject=about)
    found = held(httpd__sbom=stored(bill)).held[digest(bill)]
    assert (found.kind, found.about) == ("SBOM", digest(it.HTTPD))


def test_what_could_not_be_seen_keeps_its_reason_where_it_would_stand() -> None:
    broken = next(tag for tag in held(httpd__broken=it.SLOW).repositories[0].tags if tag.name == "broken")
    assert (broken.digest, broken.trouble) == ("", f"{DOMAIN} did not answer within 10 s.")
    gone = next(tag for tag in held(httpd__gone=it.GONE).repositories[0].tags if tag.name == "gone")
    assert "names nothing" in gone.trouble
    nobody = contents(DOMAIN, it.NOBODY)
    assert (nobody.trouble, nobody.repositories) == (f"Nobody answers at {DOMAIN}.", ())
    nothing = contents(DOMAIN, Snapshot.of({Catalog(DOMAIN): Found({"repositories": []})}))
    assert (nothing.trouble, nothing.repositories) == ("", ())


def test_what_was_not_asked_for_is_counted() -> None:
    answers = {answer.query: answer.evidence for answer in seen().answers}
    del answers[StoredAt(f"{DOMAIN}/nginx:stable")]
    del answers[Tags(DOMAIN, "team/notes")]
    found = contents(DOMAIN, Snapshot.of(answers))
    assert (found.unread, [one.unread for one in found.repositories]) == (1, [0, 1])


def test_what_one_repository_lacks_is_marked_whatever_another_one_has() -> None:
    lost = stored(it.HTTPD, platforms={}, missing=(digest("httpd"),))
    for tag in ("httpd__1", "httpd__3"):
        found = held(**{tag: lost})
        assert [blob.digest for blob in found.held[digest(it.HTTPD)].lacks] == [digest("httpd")]
        assert found.layers[digest("httpd")][0].is_missing
        assert not found.layers[digest("base")][0].is_missing


def test_an_image_of_an_index_that_is_not_here_is_said_not_to_be_here() -> None:
    found = held(nginx__latest=stored(it.NGINX, it.AMD), nginx__stable=stored(it.NGINX, it.AMD)).held
    assert found[digest(it.ARM)].is_missing
    assert not found[digest("attestation")].is_missing
