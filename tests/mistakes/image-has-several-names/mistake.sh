# message
# diagnosis: image-has-several-names
# mend: docker image rm httpd localhost:5000/httpd
# shown: ! docker image inspect httpd
docker pull httpd
docker tag httpd localhost:5000/httpd
docker rmi $(docker image ls -q httpd)
