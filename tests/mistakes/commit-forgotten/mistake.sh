# lab: private-registries
# step: commit
# diagnosis: commit-forgotten
# done: edit
docker tag nginx localhost:5002/bakery:v1
