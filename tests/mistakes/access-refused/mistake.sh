# diagnosis: access-refused
# message
# unsaid: kill $holder; sleep 0.5; docker run -d --name my-registry -p 5000:5000 --restart=always registry:2; sleep 1
# again
docker pull nginx
docker tag nginx localhost:5000/nginx
python3 tests/live/answering.py 401 registry '{"errors": [{"code": "DENIED", "message": "access forbidden"}]}' & holder=$!; sleep 1.5
docker push localhost:5000/nginx
