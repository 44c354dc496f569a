# diagnosis: unknown-option
# message
# unsaid: docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
# mends: start-registry
docker run -d --name my-registry -j 5000:5000 --restart=always registry:2
