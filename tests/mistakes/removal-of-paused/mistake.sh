# message
# diagnosis: container-paused
# mends: remove-registry
# done: pull-back
docker pause my-registry
docker rm my-registry
