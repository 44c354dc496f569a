# step: remove-registry
# diagnosis: none
# done: pull-back
docker stop my-registry
docker rename my-registry old
