# step: prune
# diagnosis: prune-without-all
# done: push
docker image prune -f
