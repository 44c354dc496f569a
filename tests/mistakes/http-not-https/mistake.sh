# message
# diagnosis: http-not-https
# done: start-registry
# shown: curl -sf localhost:5000/v2/nginx/tags/list
docker pull nginx
docker tag nginx 172.17.0.1:5000/nginx
docker push 172.17.0.1:5000/nginx
