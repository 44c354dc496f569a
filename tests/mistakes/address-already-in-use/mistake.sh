# diagnosis: port-held-by-program
# message
# unsaid: kill $holder; sleep 0.5
# mend: docker start my-registry
# mends: start-registry
python3 tests/live/answering.py 404 "nginx" & holder=$!; sleep 1.5
docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
