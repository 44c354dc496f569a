# lab: keep-and-clean
# step: collect
# diagnosis: not-collected
# done: delete
docker exec keeper registry garbage-collect --dry-run /etc/docker/registry/config.yml
