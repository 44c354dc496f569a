# diagnosis: not-a-registry
# message
# mend: docker stop web
# unsaid: docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
# unsaid: for i in $(seq 50); do curl -sk -o /run/up localhost:5000/v2/ && break; sleep 0.1; done
# again
docker run -d --name web -p 5000:80 nginx
docker tag nginx localhost:5000/nginx
sleep 1
docker push localhost:5000/nginx
