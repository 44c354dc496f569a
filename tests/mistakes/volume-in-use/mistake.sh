# message
# lab: keep-and-clean
# diagnosis: volume-in-use
# done: volume
# unsaid: docker rm -f keeper
# again
docker volume rm keeper-data
