# message
# diagnosis: volume-name-invalid
# mend: docker run -d --name my-registry -p 5000:5000 --restart=always -v registry-data:/var/lib/registry registry:2
# mends: start-registry
docker run -d --name my-registry -p 5000:5000 --restart=always -v "registry data:/var/lib/registry" registry:2
