# message
# diagnosis: prune-with-a-name
# mend: docker image rm nginx
# shown: ! docker image inspect nginx
docker pull nginx
docker image prune nginx
