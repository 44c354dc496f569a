# diagnosis: registry-error
# message
# unsaid: kill $holder; sleep 0.5
# unsaid: docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
# mends: start-registry
python3 tests/live/answering.py 503 proxy & holder=$!; sleep 1.5
docker pull localhost:5000/nginx
