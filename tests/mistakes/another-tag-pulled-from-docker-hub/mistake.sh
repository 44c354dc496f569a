# step: tag
# diagnosis: none
# done: pull
docker pull nginx:1
