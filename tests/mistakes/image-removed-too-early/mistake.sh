# step: push
# diagnosis: removed-too-early
# done: tag
docker image prune -a -f
