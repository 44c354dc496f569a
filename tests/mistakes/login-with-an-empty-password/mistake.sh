# diagnosis: no-terminal
# message
# done: start-registry
# instead: docker login -u USER --password-stdin localhost:5000 <FILE
echo secret >FILE
docker login -u me --password-stdin localhost:5000 <<<"$PASSWORD"
