# diagnosis: compose-with-hyphen
# message
# unproved: a test installs nothing
(PATH=/nowhere; docker-compose up)
