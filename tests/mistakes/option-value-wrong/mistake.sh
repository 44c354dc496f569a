# diagnosis: option-value-wrong
# message
# instead: docker run --env-file here busybox true
echo A=b >here
docker run --env-file there busybox true
