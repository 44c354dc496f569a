# lab: private-registries
# step: push
# diagnosis: edit-in-a-volume
# done: start-registry
# unsaid: docker rm -f bakery
# unsaid: docker run -d --name bakery -p 8002:80 nginx
# unsaid: docker exec bakery sh -c 'echo "<h1>Fresh bread</h1>" > /usr/share/nginx/html/index.html'
# unsaid: docker commit bakery localhost:5002/bakery:v1
# unsaid: docker push localhost:5002/bakery:v1
docker run -d --name bakery -p 8002:80 -v pages:/usr/share/nginx/html nginx
docker exec bakery sh -c 'echo "<h1>Fresh bread</h1>" > /usr/share/nginx/html/index.html'
docker commit bakery localhost:5002/bakery:v1
docker push localhost:5002/bakery:v1
