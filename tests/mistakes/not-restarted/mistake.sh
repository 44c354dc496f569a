# lab: keep-and-clean
# step: restart
# diagnosis: not-restarted
# done: collect
docker exec keeper registry garbage-collect /etc/docker/registry/config.yml
