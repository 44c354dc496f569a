# step: start-registry
# diagnosis: removed-at-its-end
docker run -d --name my-registry -p 5000:5000 --rm registry:2
