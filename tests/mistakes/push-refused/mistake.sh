# message
# diagnosis: registry-not-answering
# mend: docker start my-registry
# mends: start-registry
# again
# done: tag
docker stop my-registry
docker push localhost:5000/nginx
