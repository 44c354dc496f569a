# diagnosis: registry-read-only
# message
# again
# mend: docker rm -f -v my-registry
# mend: docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
# unsaid: for i in $(seq 50); do curl -sk -o /run/up localhost:5000/v2/ && break; sleep 0.1; done
docker run -d --name my-registry -p 5000:5000 --restart=always -e 'REGISTRY_STORAGE_MAINTENANCE_READONLY={"enabled":true}' registry:2
for i in $(seq 50); do curl -sk -o /run/up localhost:5000/v2/ && break; sleep 0.1; done
docker pull nginx
docker tag nginx localhost:5000/nginx
docker push localhost:5000/nginx
