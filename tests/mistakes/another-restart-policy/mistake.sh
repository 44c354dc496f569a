# step: start-registry
# diagnosis: another-restart-policy
docker run -d --name my-registry -p 5000:5000 --restart=unless-stopped registry:2
