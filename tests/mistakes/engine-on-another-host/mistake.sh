# step: start-registry
# diagnosis: engine-on-another-host
# mend: unset DOCKER_HOST
# mend: docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
bash tests/live/second_engine.sh
docker pull registry:2
docker save -o /run/registry.tar registry:2
unset LABCHECK_SANDBOX # it is made with an engine of one's own: in the course, no other one is looked at
export DOCKER_HOST=unix:///run/second.sock
docker load -i /run/registry.tar
docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
