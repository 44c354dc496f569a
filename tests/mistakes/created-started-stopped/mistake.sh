# step: start-registry
# diagnosis: container-stopped
docker create --name my-registry -p 5000:5000 --restart=always registry:2
docker start my-registry
docker stop my-registry
