# step: start-registry
# diagnosis: container-stopped
timeout -s INT 3 docker run --name my-registry -p 5000:5000 --restart=always registry:2 || true
docker start my-registry
docker stop my-registry
