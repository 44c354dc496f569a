# diagnosis: http-secret-generated
# message
# unproved: nothing is wrong
docker run -d --name my-registry registry:2
sleep 1
docker logs my-registry
