# step: start-registry
# diagnosis: port-held-by-program
# unsaid: kill $holder; sleep 0.5
# mend: docker start my-registry
python3 tests/live/answering.py 200 "SimpleHTTP/0.6" & holder=$!; sleep 1.5
docker run -d --name my-registry -p 5000:5000 --restart=always registry:2 || true
