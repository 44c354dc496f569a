# lab: mirrors
# message
# diagnosis: upstream-is-localhost
# done: origin
# unsaid: docker rm -f -v cache
# mend: docker run -d --name cache -p 5007:5000 --add-host upstream:host-gateway -e REGISTRY_PROXY_REMOTEURL=http://upstream:5017 registry:2
# unsaid: for i in $(seq 50); do curl -s -o /run/up localhost:5007/v2/ && break; sleep 0.1; done
# mends: cache
docker run -d --name cache -p 5007:5000 -e REGISTRY_PROXY_REMOTEURL=http://localhost:5017 registry:2
for i in $(seq 50); do docker ps -aq --filter name=cache --filter status=exited | grep -q . && break; sleep 0.1; done
docker logs cache 2>&1 | grep panic
