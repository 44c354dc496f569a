# step: prune
# diagnosis: one-name-removed
# done: push
docker run -d --name web nginx
look
docker image prune -a -f
docker rm -f web
