# The digest of the manifest that the registry has in repository $1 under tag $2.
docker=application/vnd.docker.distribution.manifest oci=application/vnd.oci.image
curl -sfI -H "Accept: $docker.v2+json, $docker.list.v2+json, $oci.manifest.v1+json, $oci.index.v1+json" \
    "localhost:5000/v2/$1/manifests/$2" | tr -d '\r' | sed -n 's/^[Dd]ocker-[Cc]ontent-[Dd]igest: //p'
