# lab: mirrors
# step: cache
# diagnosis: upstream-not-set
# done: origin
# mend: docker rm -f -v cache
# mend: docker run -d --name cache -p 5007:5000 --add-host upstream:host-gateway -e REGISTRY_PROXY_REMOTEURL=http://upstream:5017 registry:2
docker run -d --name cache -p 5007:5000 --add-host upstream:host-gateway  registry:2
for i in $(seq 50); do curl -s -o /run/up localhost:5007/v2/ && break; sleep 0.1; done
look
