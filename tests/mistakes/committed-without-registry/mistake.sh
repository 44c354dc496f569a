# lab: private-registries
# step: commit
# diagnosis: registry-missing-in-name
# done: edit
docker commit bakery bakery:v1
