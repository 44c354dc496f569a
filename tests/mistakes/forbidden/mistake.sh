# diagnosis: forbidden
# message
# unsaid: kill $holder; sleep 0.5
# mend: docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
# mends: start-registry
python3 tests/live/answering.py 403 proxy Forbidden & holder=$!; sleep 1.5
docker pull localhost:5000/nginx
