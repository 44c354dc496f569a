# step: start-registry
# diagnosis: not-published
docker run -d --name my-registry -p 8080:80 --restart=always registry:2
