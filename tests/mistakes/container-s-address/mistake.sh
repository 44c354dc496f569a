# message
# diagnosis: address-unreachable
# instead: curl -sf localhost:5000/v2/
# done: start-registry
curl 172.17.0.99:5000/v2/
