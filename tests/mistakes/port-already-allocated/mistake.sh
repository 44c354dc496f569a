# diagnosis: port-held-by-container
# message
# mend: docker stop web
# mend: docker start my-registry
# mends: start-registry
docker run -d --name web -p 5000:80 nginx
docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
