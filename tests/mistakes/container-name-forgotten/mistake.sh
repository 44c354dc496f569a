# step: start-registry
# diagnosis: container-name-forgotten
docker run -d -p 5000:5000 --restart=always registry:2
