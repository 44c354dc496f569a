# step: push
# diagnosis: tagged-not-pushed
# done: tag
