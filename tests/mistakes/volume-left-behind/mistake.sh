# step: remove-registry
# diagnosis: volume-left-behind
# outcome: pass
# done: remove-registry
# mend: docker volume rm $(docker volume ls -q)
docker volume ls
