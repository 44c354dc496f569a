# lab: private-registries
# step: build
# diagnosis: another-tag
# done: edit
mkdir bakery
echo '<h1>Warm rolls</h1>' > bakery/index.html
printf 'FROM nginx\nCOPY index.html /usr/share/nginx/html/\n' > bakery/Dockerfile
docker build -t localhost:5002/bakery bakery
