# message
# diagnosis: nothing-pruned
# done: push
# mends: prune
docker image prune -f
