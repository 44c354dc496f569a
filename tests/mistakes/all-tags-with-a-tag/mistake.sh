# message
# diagnosis: all-tags-with-a-tag
# done: tag
# mend: docker push -a localhost:5000/nginx
# shown: curl -sf localhost:5000/v2/nginx/tags/list
docker push -a localhost:5000/nginx:latest
