# step: start-registry
# diagnosis: container-crashed
docker run -d --name my-registry -p 5000:5000 -e REGISTRY_STORAGE=nonsense registry:2
sleep 1
