# diagnosis: shell-took-a-character
# message
# instead: docker pull nginx
docker pull <nginx>
