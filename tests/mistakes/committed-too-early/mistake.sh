# lab: private-registries
# step: push
# diagnosis: committed-too-early
# done: start-registry
docker run -d --name bakery -p 8002:80 nginx
sleep 1
docker commit bakery localhost:5002/bakery:v1
docker exec bakery sh -c 'echo "<h1>Fresh bread</h1>" > /usr/share/nginx/html/index.html'
docker push localhost:5002/bakery:v1
