# diagnosis: harmless-warning
# message
# done: start-registry
# unproved: nothing is wrong
docker login -u me -p secret localhost:5000
