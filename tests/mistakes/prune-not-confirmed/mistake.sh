# diagnosis: prune-not-confirmed
# message
# instead: docker image prune -a -f
docker image prune -a
