# diagnosis: curl-address-unreadable
# message
# done: start-registry
# instead: curl localhost:5000/v2/
curl localhost:port/v2/
