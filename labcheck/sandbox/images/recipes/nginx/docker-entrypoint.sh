#!/bin/sh
# Prepares nginx with whatever scripts were put into /docker-entrypoint.d, then becomes the command.
# Names ending in .envsh are read, so that they can set variables; names ending in .sh are run.
set -e

case "$1" in
nginx | nginx-debug)
    for script in /docker-entrypoint.d/*; do
        [ -x "$script" ] || continue
        case "$script" in
        *.envsh) . "$script" ;;
        *.sh) "$script" ;;
        esac
    done
    ;;
esac

exec "$@"
