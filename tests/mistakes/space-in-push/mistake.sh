# message
# diagnosis: number-of-names
# mend: docker push localhost:5000/nginx
# done: tag
docker push localhost:5000/ nginx
