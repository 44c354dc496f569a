# step: start-registry
# diagnosis: container-starting
# unsaid: docker start my-registry
docker create --name my-registry -p 5000:5000 --restart=always registry:2
