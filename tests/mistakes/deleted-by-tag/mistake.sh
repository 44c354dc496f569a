# message
# diagnosis: deleted-by-tag
# unsaid: digest=$(docker pull localhost:5000/nginx:latest | grep -o "sha256:[0-9a-f]*")
# instead: curl --fail-with-body -X DELETE localhost:5000/v2/nginx/manifests/$digest
docker run -d --name my-registry -p 5000:5000 -e REGISTRY_STORAGE_DELETE_ENABLED=true registry:2
for i in $(seq 50); do curl -s -o /run/up localhost:5000/v2/ && break; sleep 0.1; done
docker pull nginx; docker tag nginx localhost:5000/nginx; docker push localhost:5000/nginx
curl -X DELETE localhost:5000/v2/nginx/manifests/latest
