# step: start-registry
# diagnosis: container-restarting
docker run -d --name my-registry -p 5000:5000 --restart=always -e REGISTRY_STORAGE=nonsense registry:2
sleep 3
