# step: prune
# diagnosis: prune-without-all
# containerd: none, as that store tells nobody of a prune that removes nothing
# done: push
docker image prune -f
