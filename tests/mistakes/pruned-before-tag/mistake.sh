# step: pull
# diagnosis: removed-too-early
# done: pull
docker image prune -a -f
