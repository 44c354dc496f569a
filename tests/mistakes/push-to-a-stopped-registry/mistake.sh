# step: push
# diagnosis: registry-not-answering
# done: tag
# outcome: inconclusive
docker stop my-registry
