# step: push
# diagnosis: another-image-pushed
# done: tag
printf 'FROM nginx\nENV GREETING=hello\n' | docker build -q -t localhost:5000/nginx -
docker push localhost:5000/nginx
docker push localhost:5000/httpd
