# step: push
# diagnosis: parts-missing
docker pull nginx
docker pull httpd
docker run -d --name my-registry -p 5000:5000 --restart=always -e REGISTRY_STORAGE_DELETE_ENABLED=true registry:2
docker tag nginx localhost:5000/nginx
docker tag httpd localhost:5000/httpd
until docker push localhost:5000/httpd; do sleep 0.2; done
digest=$(docker push localhost:5000/nginx | grep -o 'sha256:[0-9a-f]*')
curl -sX DELETE localhost:5000/v2/nginx/manifests/$digest
docker exec my-registry registry garbage-collect /etc/docker/registry/config.yml
docker push localhost:5000/nginx
docker restart -t 0 my-registry
until curl -s localhost:5000/v2/; do sleep 0.1; done
