# step: start-registry
# diagnosis: published-as-udp
docker run -d --name my-registry -p 5000:5000/udp --restart=always registry:2
