# lab: tags-and-digests
# step: pull-by-digest
# diagnosis: pulled-by-tag
# done: move
docker pull localhost:5004/web:latest
