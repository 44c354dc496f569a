# diagnosis: page-size-refused
# message
# done: start-registry
# instead: curl -sf 'localhost:5000/v2/_catalog?n=100'
curl 'localhost:5000/v2/_catalog?n=5000'
