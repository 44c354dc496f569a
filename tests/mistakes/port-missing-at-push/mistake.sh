# message
# diagnosis: registry-not-answering
# done: start-registry
# mend: docker image tag localhost/nginx localhost:5000/nginx
# mend: docker push localhost:5000/nginx
# shown: curl -sf localhost:5000/v2/nginx/tags/list
docker pull nginx; docker tag nginx localhost/nginx
docker push localhost/nginx
