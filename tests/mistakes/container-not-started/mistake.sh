# step: start-registry
# diagnosis: container-not-started
docker create --name my-registry -p 5000:5000 --restart=always registry:2
