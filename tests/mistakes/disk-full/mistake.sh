# diagnosis: disk-full
# message
# unsaid: docker rm -f -v my-registry
# unsaid: docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
# unsaid: for i in $(seq 50); do curl -sk -o /run/up localhost:5000/v2/ && break; sleep 0.1; done
# unsaid: docker push localhost:5000/nginx; docker push localhost:5000/httpd
# mends: push
docker run -d --name my-registry -p 5000:5000 --restart=always --tmpfs /var/lib/registry:size=1m registry:2
for i in $(seq 50); do curl -sk -o /run/up localhost:5000/v2/ && break; sleep 0.1; done
docker pull nginx; docker pull httpd
docker tag nginx localhost:5000/nginx; docker tag httpd localhost:5000/httpd
timeout 2 docker push localhost:5000/nginx || true
docker logs --tail 20 my-registry
