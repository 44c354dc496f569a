# diagnosis: not-json
# message
# done: start-registry
# instead: curl -sf localhost:5000/v2/_catalog
curl -s localhost:5000/v2 | python3 -m json.tool
