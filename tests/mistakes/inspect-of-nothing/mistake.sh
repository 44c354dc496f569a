# message
# diagnosis: no-such-container
# mend: docker inspect my-registry
# done: start-registry
docker inspect my-registyr
