# diagnosis: http-not-https
# message
# instead: curl http://localhost:5000/v2/
docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
for i in $(seq 50); do curl -sk -o /run/up localhost:5000/v2/ && break; sleep 0.1; done
curl https://localhost:5000/v2/
