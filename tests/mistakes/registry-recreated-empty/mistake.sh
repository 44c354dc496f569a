# step: push
# diagnosis: registry-recreated-empty
# done: push
docker rm -f -v my-registry
docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
