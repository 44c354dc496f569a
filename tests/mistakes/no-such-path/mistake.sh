# message
# diagnosis: no-such-path
# instead: curl -f localhost:5000/v2/_catalog
# done: start-registry
curl localhost:5000/_catalog
