# diagnosis: typographic-character
# message
# instead: docker pull nginx
docker pull nginx
