# message
# diagnosis: proxy-catches-localhost
# again
docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
for i in $(seq 50); do curl -sk -o /run/up localhost:5000/v2/ && break; sleep 0.1; done
unset no_proxy NO_PROXY; export http_proxy=http://proxy.invalid:3128
curl localhost:5000/v2/_catalog
