# message
# lab: keep-and-clean
# diagnosis: no-such-volume
# done: volume
# unsaid: docker rm -f keeper
# instead: docker volume rm keeper-data
docker volume rm keeper-dta
