# message
# diagnosis: configuration-elsewhere
# instead: docker exec my-registry registry garbage-collect /etc/docker/registry/config.yml
# done: push
docker exec my-registry registry garbage-collect /etc/distribution/config.yml
