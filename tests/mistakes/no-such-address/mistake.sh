# diagnosis: no-such-address
# message
# mend: docker rm my-registry
# mend: docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
# mends: start-registry
docker run -d --name my-registry -p 10.9.8.7:5000:5000 --restart=always registry:2
