# message
# diagnosis: no-such-command
# mend: docker pull nginx
# mend: docker pull httpd
# mends: pull
# done: start-registry
docker pul nginx
