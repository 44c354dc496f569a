# step: start-registry
# diagnosis: port-held-by-container
docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
docker stop my-registry
docker run -d --name web -p 5000:80 nginx
