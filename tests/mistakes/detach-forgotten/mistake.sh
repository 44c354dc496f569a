# step: start-registry
# diagnosis: detach-forgotten
timeout -s INT 3 docker run --name my-registry -p 5000:5000 --restart=always registry:2 || true
sleep 1
