# message
# diagnosis: mounted-file-missing
# mend: rmdir /run/confg.yml
# unsaid: docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
# mends: start-registry
docker run --rm -v /run/confg.yml:/etc/docker/registry/config.yml registry:2
