# step: pull-back
# diagnosis: loaded-not-pulled
# outcome: inconclusive
# done: push
docker save -o "/run/saved.tar" localhost:5000/nginx localhost:5000/httpd
docker image prune -a -f
look
docker load -i "/run/saved.tar"
look
sleep 1.1
docker pull localhost:5000/nginx
docker pull localhost:5000/httpd
