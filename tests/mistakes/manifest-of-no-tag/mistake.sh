# message
# diagnosis: manifest-unknown
# instead: curl -f localhost:5000/v2/nginx/manifests/latest
# done: push
curl localhost:5000/v2/nginx/manifests/v9
