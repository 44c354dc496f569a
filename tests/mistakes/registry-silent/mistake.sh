# diagnosis: registry-silent
# message
# unsaid: kill $holder; sleep 0.5; docker run -d --name my-registry -p 5000:5000 --restart=always registry:2; sleep 1
# again
python3 -c 'import socket, time; s = socket.create_server(("", 5000)); time.sleep(60)' & holder=$!; sleep 1
curl --max-time 2 localhost:5000/v2/
