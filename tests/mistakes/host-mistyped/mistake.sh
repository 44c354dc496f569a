# message
# diagnosis: no-such-host
# instead: curl -sf localhost:5000/v2/
# done: start-registry
curl localhots:5000/v2/
