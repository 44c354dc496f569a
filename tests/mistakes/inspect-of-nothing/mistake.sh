# message
# diagnosis: no-such-container
# instead: docker inspect my-registry
# done: start-registry
docker inspect my-registyr
