# message
# diagnosis: no-such-manifest
# done: tag
# mend: docker push localhost:5000/nginx
# shown: docker manifest inspect --insecure localhost:5000/nginx
docker manifest inspect localhost:5000/nginx
