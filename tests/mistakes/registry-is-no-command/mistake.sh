# message
# diagnosis: no-such-command
# done: push
# instead: curl -f localhost:5000/v2/_catalog
docker registry ls
