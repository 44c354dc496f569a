# step: start-registry
# diagnosis: no-restart-policy
docker run -d --name my-registry -p 5000:5000 registry:2
