# message
# lab: tags-and-digests
# diagnosis: head-with-x
# done: push
# instead: curl -f -I localhost:5004/v2/web/manifests/latest
curl -m 2 -X HEAD localhost:5004/v2/web/manifests/latest
