# diagnosis: airplay-receiver
# message
# unsaid: kill $holder; sleep 0.5
# unsaid: docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
# unsaid: for i in $(seq 50); do curl -sk -o /run/up localhost:5000/v2/ && break; sleep 0.1; done
# again
python3 tests/live/answering.py 403 AirTunes/675.4.1 & holder=$!; sleep 1.5
docker pull nginx
docker tag nginx localhost:5000/nginx
docker push localhost:5000/nginx
