# step: start-registry
# diagnosis: no-network
docker run -d --name my-registry --network none -p 5000:5000 --restart=always registry:2
