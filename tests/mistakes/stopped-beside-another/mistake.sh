# step: push
# diagnosis: registry-not-answering
# outcome: inconclusive
# done: tag
docker run -d --name another -p 5001:5000 registry:2
docker stop another
docker stop my-registry
