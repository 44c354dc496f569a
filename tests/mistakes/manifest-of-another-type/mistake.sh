# message
# lab: tags-and-digests
# diagnosis: manifest-of-another-type
# done: artifact
# instead: curl --fail-with-body -X PUT -H 'Content-Type: application/vnd.oci.image.manifest.v1+json' --data-binary @lesson-04/note.json localhost:5004/v2/notes/manifests/monday
curl -X PUT --data-binary @lesson-04/note.json localhost:5004/v2/notes/manifests/monday
