# message
# diagnosis: docker-not-installed
# mend: docker ps
(PATH=/nowhere; docker ps)
