# message
# diagnosis: prune-without-all
# done: push
# mends: prune
yes | docker image prune
