"""The lesson on tags and digests, done correctly and otherwise than its own solution says: much of it with curl."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
INDEX = "application/vnd.oci.image.index.v1+json"
OCI = "application/vnd.oci.image.manifest.v1+json"
AT = "localhost:5004/v2"
ANSWER = "labcheck answer tags-and-digests"
SHOW = f"curl -s -H 'Accept: {MANIFEST}' {AT}"
PUT = "curl -sf -X PUT -H 'Content-Type: {}' --data-binary @{}"
ENTRY = (
    f"entry() {{ {SHOW}/hello/manifests/$1 > manifest; "
    f'printf \'{{"mediaType":"{MANIFEST}","size":%s,"digest":"sha256:%s",'
    '"platform":{"os":"linux","architecture":"%s"}}\' '
    "$(wc -c < manifest) $(sha256sum < manifest | cut -c1-64) $1; }"
)
SEND = (
    f"send() {{ curl -s -D place -X POST {AT}/notes/blobs/uploads/; "
    f"{PUT.format('application/octet-stream', '$1')} "
    "\"$(sed -n 's/^Location: //p' place | tr -d '\\r')&digest=sha256:$(sha256sum < $1 | cut -c1-64)\"; }"
)
PART = '{"mediaType":"%s","size":%s,"digest":"sha256:%s"}'

WAY: Mapping[str, Sequence[str]] = {
    "start-registry": [
        "docker create --name tags-registry -p 127.0.0.1:5004:5001 -e REGISTRY_HTTP_ADDR=:5001 registry:2",
        "docker start tags-registry",
    ],
    "push": [
        "docker pull -q nginx:1 && docker tag nginx:1 localhost:5004/web:v1 && docker push -q localhost:5004/web:v1",
        f"{SHOW}/web/manifests/v1 > first",
        f"{PUT.format(MANIFEST, 'first')} {AT}/web/manifests/latest",
    ],
    "digest": [f"{ANSWER} digest $(sha256sum < first)"],
    "without-accept": [f"{ANSWER} without-accept OTHER-FORM"],
    "share": [
        "docker pull -q httpd:2 && echo FROM httpd:2 | docker build -q -t localhost:5004/shop -",
        "docker push --all-tags localhost:5004/shop",
    ],
    "shared-layers": [f"{ANSWER} shared-layers two"],
    "move": [
        "docker tag httpd:2 localhost:5004/web:v2 && docker push -q localhost:5004/web:v2",
        f"{SHOW}/web/manifests/v2 > second",
        f"{PUT.format(MANIFEST, 'second')} {AT}/web/manifests/latest",
    ],
    "the-old-one": [f"{ANSWER} the-old-one 'It is still in the repository, under its digest.'"],
    "pull-by-digest": [
        "docker image rm -f $(docker image ls -q nginx:1)",
        "docker create --name old localhost:5004/web:v1@sha256:$(sha256sum < first | cut -c1-64)",
        "docker rm old",
    ],
    "two-images": [
        "printf 'FROM scratch\\nCOPY first second /\\n' > Dockerfile",
        *(
            f"docker build -q --no-cache --platform linux/{it} -t localhost:5004/hello:{it} ."
            for it in ("amd64", "arm64")
        ),
        "docker push -a localhost:5004/hello",
    ],
    "index": [
        ENTRY,
        (
            f'printf \'{{"schemaVersion":2,"mediaType":"{INDEX}","manifests":[%s,%s]}}\' '
            '"$(entry amd64)" "$(entry arm64)" > index'
        ),
        f"{PUT.format(INDEX, 'index')} {AT}/hello/manifests/latest",
    ],
    "platforms": [f"{ANSWER} platforms 'linux/arm64 and linux/amd64'"],
    "platform-digest": [f"{ANSWER} platform-digest $({SHOW}/hello/manifests/arm64 | sha256sum | cut -c1-64)"],
    "artifact": [
        SEND,
        "echo '{}' > settings && send settings && send first",
        (
            f'printf \'{{"schemaVersion":2,"mediaType":"{OCI}","config":{PART},"layers":[{PART}]}}\' '
            "application/vnd.cncf.helm.config.v1+json $(wc -c < settings) $(sha256sum < settings | cut -c1-64) "
            "application/json $(wc -c < first) $(sha256sum < first | cut -c1-64) > chart"
        ),
        f"{PUT.format(OCI, 'chart')} {AT}/notes/manifests/monday",
    ],
    "clean-up": [
        "docker stop tags-registry && docker container prune -f",
        "docker image prune -a -f",
    ],
}
