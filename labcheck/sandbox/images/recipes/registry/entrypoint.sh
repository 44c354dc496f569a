#!/bin/sh
# Lets people leave words out: a configuration file means "serve it", a subcommand or an option is the registry's own.
set -e

case "$1" in
*.yml | *.yaml) set -- registry serve "$@" ;;
serve | garbage-collect | help | -*) set -- registry "$@" ;;
esac

exec "$@"
