# diagnosis: copied-without-container
# message
# instead: docker cp page.html web:/usr/share/nginx/html/page.html
docker run -d --name web nginx
echo hello >page.html
docker cp page.html web
