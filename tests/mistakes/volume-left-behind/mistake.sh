# step: remove-registry
# diagnosis: volume-left-behind
# outcome: pass
# done: remove-registry
# unsaid: docker volume rm $(docker volume ls -q)
docker volume ls
