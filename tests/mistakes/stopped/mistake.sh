# step: start-registry
# diagnosis: container-stopped
docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
docker stop my-registry
