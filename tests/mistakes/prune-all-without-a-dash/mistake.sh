# message
# diagnosis: prune-with-a-name
# done: push
# unsaid: docker image prune -a -f
# mends: prune
docker image prune all
