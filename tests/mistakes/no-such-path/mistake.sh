# message
# diagnosis: no-such-path
# mend: curl -f localhost:5000/v2/_catalog
# done: start-registry
curl localhost:5000/_catalog
