# step: push
# diagnosis: registry-recreated-empty
# done: push
docker rm -f -v my-registry
docker rmi nginx httpd localhost:5000/nginx localhost:5000/httpd
docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
