# message
# diagnosis: container-still-runs
# done: pull-back
# mends: remove-registry
docker rm my-registry
