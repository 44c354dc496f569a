# diagnosis: login-incomplete
# message
# instead: echo secret | docker login -u me --password-stdin localhost:5000
# done: start-registry
echo secret | docker login --password-stdin localhost:5000
