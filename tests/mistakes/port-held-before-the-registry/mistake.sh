# step: start-registry
# diagnosis: port-held-by-container
docker run -d --name web -p 5000:80 nginx
