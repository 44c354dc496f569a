# diagnosis: container-name-taken
# message
# mends: start-registry
docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
docker stop my-registry
docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
