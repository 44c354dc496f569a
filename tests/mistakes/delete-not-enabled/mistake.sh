# message
# diagnosis: delete-not-enabled
# again
# mend: docker rm -f my-registry
# mend: docker run -d --name my-registry -p 5000:5000 -v data:/var/lib/registry -e REGISTRY_STORAGE_DELETE_ENABLED=true registry:2
# unsaid: for i in $(seq 50); do curl -s -o /run/up localhost:5000/v2/ && break; sleep 0.1; done
docker run -d --name my-registry -p 5000:5000 -v data:/var/lib/registry registry:2
for i in $(seq 50); do curl -s -o /run/up localhost:5000/v2/ && break; sleep 0.1; done
docker pull nginx; docker tag nginx localhost:5000/nginx; docker push localhost:5000/nginx
digest=$(curl -sI -H 'Accept: application/vnd.docker.distribution.manifest.v2+json' localhost:5000/v2/nginx/manifests/latest | grep -i '^docker-content-digest' | tr -d '\r' | cut -d' ' -f2)
curl --fail-with-body -X DELETE localhost:5000/v2/nginx/manifests/$digest
