# lab: private-registries
# step: push
# diagnosis: commit-forgotten
# done: commit
docker tag nginx localhost:5002/bakery:v1
docker push localhost:5002/bakery:v1
