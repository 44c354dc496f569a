# diagnosis: registry-not-answering
# message
# again
# mend: docker start my-registry
# unsaid: for i in $(seq 50); do curl -sk -o /run/up localhost:5000/v2/ && break; sleep 0.1; done
docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
docker stop my-registry
curl localhost:5000/v2/_catalog
