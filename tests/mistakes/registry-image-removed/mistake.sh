# step: start-registry
# diagnosis: registry-image-removed
# done: push
docker stop my-registry
docker rm my-registry
docker image prune -a -f
