"""The lab on private registries, each step done correctly and otherwise than its own solution says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

LAB: Final = "private-registries"
PAGE: Final = "/usr/share/nginx/html/index.html"
ANSWER: Final = f"labcheck answer {LAB}"

LABS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "an edit copied in, a build by RUN": {
        "whose": [f"{ANSWER} whose AMAZON"],
        "start-registry": ["docker run -d --name own-registry -p '[::]:5002:5000' --restart=always registry"],
        "private": [f"{ANSWER} private yours"],
        "edit": [
            "docker run -d --name bakery -p 127.0.0.1:8002:80 docker.io/library/nginx:latest",
            "echo '<html><body><p>Every day: <b>fresh</b> <i>bread</i>.</p></body></html>' > page.html",
            f"docker cp page.html bakery:{PAGE}",
        ],
        "commit": [
            "docker commit -m 'a page' -c 'LABEL bakery=1' bakery bakery",
            "docker tag bakery localhost:5002/bakery:v1",
        ],
        "base": [f"{ANSWER} base nothing"],
        "push": ["docker push --all-tags localhost:5002/bakery"],
        "remove": ["docker stop bakery", "docker container prune -f", "docker image prune -a -f"],
        "back": [
            "docker pull -q localhost:5002/bakery:v1",
            "docker create --name bakery-back -p 8012:80 localhost:5002/bakery:v1",
            "docker start bakery-back",
        ],
        "build": [
            f"printf 'FROM nginx AS first\\nENV A=b\\nRUN echo Warm rolls > {PAGE}\\nEXPOSE 8080\\n' > Recipe",
            "docker build -t localhost:5002/bakery:v2 - < Recipe",
        ],
        "push-build": ["docker push -q localhost:5002/bakery:v2"],
        "sent": [f"{ANSWER} sent three"],
        "clean-up": [
            "docker stop bakery-back own-registry",
            "docker rm -v bakery-back own-registry",
            "docker system prune -a -f --volumes",
        ],
    },
    "in several layers, from a container that was stopped": {
        "start-registry": ["docker run -d --name own-registry -p 5002:80 -e REGISTRY_HTTP_ADDR=:80 registry:2"],
        "whose": [f"{ANSWER} whose amazon"],
        "private": [f"{ANSWER} private yours"],
        "edit": [
            "docker run -d --name first -p 8002:80 nginx",
            f"docker exec first sh -c 'rm {PAGE}; echo Fresh bread >> {PAGE}'",
            "docker rename first bakery",
            "docker restart bakery",
        ],
        "build": [
            "mkdir -p other/files && echo 'Warm rolls' > other/files/index.html",
            "printf 'FROM nginx:latest\\nCOPY files /usr/share/nginx/html\\nRUN touch /later\\n' > other/Recipe",
            "docker build -f other/Recipe -t localhost:5002/bakery:v2 other",
        ],
        "push-build": ["docker push localhost:5002/bakery:v2"],
        "commit": [
            "docker stop bakery",
            "docker commit bakery localhost:5002/bakery:v1",
            "docker start bakery",
            "docker exec bakery touch /more",
            "docker commit bakery localhost:5002/bakery:v1",
        ],
        "base": [f"{ANSWER} base nothing"],
        "push": ["docker push localhost:5002/bakery:v1"],
        "sent": [f"{ANSWER} sent 3"],
        "remove": ["docker rm -f bakery", "docker rmi $(docker image ls -q localhost:5002/bakery:v1)"],
        "back": ["docker run -d --name bakery-back --publish published=8012,target=80 localhost:5002/bakery:v1"],
        "clean-up": [
            "docker rm -fv $(docker ps -aq)",
            "docker rmi $(docker image ls -q localhost:5002/bakery | sort -u)",
        ],
    },
}
