# diagnosis: options-after-image
# message
# mend: docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
# mends: start-registry
docker run registry:2 --name my-registry -p 5000:5000
