# lab: tags-and-digests
# step: index
# diagnosis: platform-not-the-image-s-own
# done: two-images
# mend: docker build --no-cache --platform linux/arm64 -t localhost:5004/hello:arm64 lesson-04/hello
# mend: docker push localhost:5004/hello:arm64
# mend: docker manifest create --insecure localhost:5004/hello:latest localhost:5004/hello:amd64 localhost:5004/hello:arm64
# mend: docker manifest push --purge --insecure localhost:5004/hello:latest
echo 'Hello again.' > lesson-04/hello/hello.txt
docker build -q --platform linux/amd64 -t localhost:5004/hello:arm64 lesson-04/hello
docker push localhost:5004/hello:arm64
docker manifest create --insecure localhost:5004/hello:latest localhost:5004/hello:amd64 localhost:5004/hello:arm64
docker manifest annotate --arch arm64 localhost:5004/hello:latest localhost:5004/hello:arm64
docker manifest push --purge --insecure localhost:5004/hello:latest
