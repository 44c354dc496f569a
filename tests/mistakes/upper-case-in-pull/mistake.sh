# message
# diagnosis: upper-case-in-name
# mend: docker pull nginx
# shown: docker image inspect nginx
docker pull Nginx
