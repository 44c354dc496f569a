# step: start-registry
# diagnosis: published-elsewhere
docker run -d --name my-registry -p 172.17.0.1:5000:5000 --restart=always registry:2
