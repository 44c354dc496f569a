# message
# lab: keep-and-clean
# diagnosis: configuration-not-named
# done: delete
# instead: docker exec keeper registry garbage-collect /etc/docker/registry/config.yml
docker exec keeper registry garbage-collect
