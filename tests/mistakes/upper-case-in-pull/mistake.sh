# message
# diagnosis: upper-case-in-name
# mend: docker pull nginx
docker pull Nginx
