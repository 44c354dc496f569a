# message
# diagnosis: manifest-unknown
# mend: docker push localhost:5000/nginx
# again
# done: tag
docker pull localhost:5000/nginx
