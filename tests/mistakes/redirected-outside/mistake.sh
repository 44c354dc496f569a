# lab: private-registries
# message
# diagnosis: redirected-outside
# done: start-registry
# instead: docker exec bakery sh -c 'echo "<h1>Fresh bread</h1>" > /usr/share/nginx/html/index.html'
docker run -d --name bakery -p 8002:80 nginx
bash -c 'docker exec bakery echo "<h1>Fresh bread</h1>" > /usr/share/nginx/html/index.html'
