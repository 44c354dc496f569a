# step: remove-registry
# diagnosis: stopped-not-removed
# done: pull-back
docker stop my-registry
