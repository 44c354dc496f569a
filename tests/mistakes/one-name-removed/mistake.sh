# step: prune
# diagnosis: one-name-removed
# done: push
docker rmi nginx httpd
