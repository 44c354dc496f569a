# diagnosis: curl-word-taken-for-address
# message
# done: start-registry
# instead: curl -X GET localhost:5000/v2/_catalog
curl GET localhost:5000/v2/_catalog
