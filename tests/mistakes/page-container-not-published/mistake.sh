# lab: private-registries
# step: edit
# diagnosis: not-published
# done: start-registry
docker run -d --name bakery nginx
docker exec bakery sh -c 'echo "<h1>Fresh bread</h1>" > /usr/share/nginx/html/index.html'
