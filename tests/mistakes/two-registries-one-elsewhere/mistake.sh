# step: start-registry
# diagnosis: two-registries
docker run -d --name other -p 5000:5000 --restart=always registry:2
docker run -d --name my-registry -p 5001:5000 --restart=always registry:2
