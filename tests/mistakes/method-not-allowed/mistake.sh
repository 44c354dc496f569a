# message
# diagnosis: no-such-path
# mend: curl -f localhost:5000/v2/nginx/tags/list
# done: push
curl -X DELETE localhost:5000/v2/nginx/tags/list
