# step: start-registry
# diagnosis: container-name-mistyped
docker run -d --name my-registyr -p 5000:5000 --restart=always registry:2
