# diagnosis: option-value-unquoted
# message
# instead: docker run -e "realm=Registry Realm" busybox true
docker run -e realm=Registry Realm busybox true
