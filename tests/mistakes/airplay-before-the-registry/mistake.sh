# step: start-registry
# diagnosis: airplay-receiver
# unsaid: kill $holder; sleep 0.5
# unsaid: docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
python3 tests/live/answering.py 403 "AirTunes/675.4.1" & holder=$!; sleep 1.5
