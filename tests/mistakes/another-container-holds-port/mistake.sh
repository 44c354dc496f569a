# step: remove-registry
# diagnosis: another-container-holds-port
# done: pull-back
docker stop my-registry
docker rm my-registry
docker run -d --name second -p 5000:5000 registry:2
