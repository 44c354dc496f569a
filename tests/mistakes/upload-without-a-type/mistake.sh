# message
# lab: tags-and-digests
# diagnosis: uploaded-bytes-differ
# done: start-registry
# mend: curl -s -D upload -X POST localhost:5004/v2/notes/blobs/uploads/
# unsaid: place=$(sed -n 's/^Location: //p' upload | tr -d '\r')
# instead: curl --fail-with-body -X PUT -H 'Content-Type: application/octet-stream' --data-binary @note.txt "$place&digest=$digest"
echo 'Open the shop at nine.' > note.txt
curl -s -D upload -X POST localhost:5004/v2/notes/blobs/uploads/
place=$(sed -n 's/^Location: //p' upload | tr -d '\r')
digest=sha256:$(sha256sum < note.txt | cut -c1-64)
curl -X PUT --data-binary @note.txt "$place&digest=$digest"
