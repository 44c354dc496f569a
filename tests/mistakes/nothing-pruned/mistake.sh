# message
# diagnosis: nothing-pruned
# done: push
# mend: docker image prune -a -f
# mends: prune
docker image prune -f
