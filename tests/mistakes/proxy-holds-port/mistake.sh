# step: start-registry
# diagnosis: port-held-by-program
# unsaid: kill $holder; sleep 0.5
# unsaid: docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
python3 tests/live/answering.py 400 squid/5.7 & holder=$!; sleep 1.5
