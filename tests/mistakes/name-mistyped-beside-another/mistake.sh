# step: start-registry
# diagnosis: container-name-mistyped
docker run -d --name mine -p 5001:5000 --restart=always registry:2
docker run -d --name registry -p 5000:5000 --restart=always registry:2
