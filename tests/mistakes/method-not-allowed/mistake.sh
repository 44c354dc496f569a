# message
# diagnosis: no-such-path
# instead: curl -f localhost:5000/v2/nginx/tags/list
# done: push
curl -X DELETE localhost:5000/v2/nginx/tags/list
