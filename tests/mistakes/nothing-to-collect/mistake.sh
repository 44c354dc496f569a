# message
# lab: keep-and-clean
# diagnosis: nothing-to-collect
# unsaid: docker pull busybox
# unsaid: docker tag busybox localhost:5006/kept
# unsaid: docker push localhost:5006/kept
# again
docker run -d --name keeper -p 5006:5000 registry:2
until curl -sf localhost:5006/v2/; do sleep 0.1; done
docker exec keeper registry garbage-collect /etc/docker/registry/config.yml
