# step: start-registry
# diagnosis: another-image-runs
docker run -d --name my-registry -p 5000:80 --restart=always nginx
