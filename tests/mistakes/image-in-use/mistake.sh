# step: prune
# diagnosis: image-in-use
# done: push
docker run -d --name web nginx
docker image prune -a -f
