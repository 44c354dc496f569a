# step: pull-back
# diagnosis: pulled-without-removing
# done: prune
docker pull nginx
docker tag nginx localhost:5000/nginx
echo FROM nginx | docker build -q --label mine=1 -t mine -
docker pull localhost:5000/nginx
look
