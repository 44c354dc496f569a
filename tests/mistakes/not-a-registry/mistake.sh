# step: start-registry
# diagnosis: not-a-registry
docker run -d --name my-registry -p 5000:5000 --restart=always --entrypoint sh registry:2 -c 'while true; do printf "HTTP/1.0 200 OK\r\nServer: nothing\r\nContent-Length: 0\r\n\r\n" | nc -l -p 5000; done'
sleep 1
