# message
# diagnosis: docker-not-installed
# unproved: a test installs nothing
(PATH=/nowhere; docker ps)
