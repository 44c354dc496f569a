# message
# lab: tags-and-digests
# diagnosis: manifest-before-its-blobs
# done: start-registry
# mend: curl -s -D upload -X POST localhost:5004/v2/notes/blobs/uploads/
# unsaid: place=$(sed -n 's/^Location: //p' upload | tr -d '\r')
# unsaid: digest=sha256:$(sha256sum < note.txt | cut -c1-64)
# mend: curl -X PUT -H 'Content-Type: application/octet-stream' --data-binary @note.txt "$place&digest=$digest"
# instead: curl --fail-with-body -X PUT -H 'Content-Type: application/vnd.oci.image.manifest.v1+json' --data-binary @note.json localhost:5004/v2/notes/manifests/monday
echo 'Open the shop at nine.' > note.txt
printf '{}' > empty.json
curl -s -D upload -X POST localhost:5004/v2/notes/blobs/uploads/
place=$(sed -n 's/^Location: //p' upload | tr -d '\r')
digest=sha256:$(sha256sum < empty.json | cut -c1-64)
curl -s -X PUT -H 'Content-Type: application/octet-stream' --data-binary @empty.json "$place&digest=$digest"
echo '{"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",' > note.json
echo ' "artifactType": "text/plain",' >> note.json
echo ' "config": {"mediaType": "application/vnd.oci.empty.v1+json", "size": 2,' >> note.json
echo '  "digest": "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"},' >> note.json
echo ' "layers": [{"mediaType": "text/plain", "size": 23,' >> note.json
echo '  "digest": "sha256:49699e173fc67083ce9b5e59210ed42a2e5d8c22862d7c3ba1b5343b10d3bb5a"}]}' >> note.json
curl -X PUT -H 'Content-Type: application/vnd.oci.image.manifest.v1+json' --data-binary @note.json localhost:5004/v2/notes/manifests/monday
