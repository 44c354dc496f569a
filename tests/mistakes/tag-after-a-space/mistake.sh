# message
# diagnosis: number-of-names
# mend: docker pull nginx:latest
# shown: docker image inspect nginx
docker pull nginx latest
