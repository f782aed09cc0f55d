#!/bin/sh
# Run by the base image's entrypoint before Nginx starts; when it fails, the container ends.
# Tells the page (config.js) and its Content-Security-Policy (api-origin.conf) where the API is.
set -eu

host='([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?'
path='(/[A-Za-z0-9._~%+-]+)*/?'

# A line break becomes a blank, which no pattern allows: grep would judge each line alone.
if ! printf '%s\n' "$(printf '%s' "$API_BASE_URL" | tr '\n' ' ')" | grep -Eqx "(https?://$host)?$path"; then
  {
    printf 'Expected API_BASE_URL to be an http(s) URL without a user, such as https://api.example.com, a path such as /api, or empty for the origin that serves the page; '
    printf 'received "%s". ' "$(printf '%s' "$API_BASE_URL" | sed 's,//[^/]*@,//***@,')"
    echo 'Start the container with such a value.'
  } >&2
  exit 1
fi

origin=$(printf '%s' "$API_BASE_URL" | sed -nE 's,^(https?://[^/]+).*,\1,p')
printf 'window.APP_CONFIG = {"apiBaseUrl":"%s"}\n' "$API_BASE_URL" >/tmp/config.js
printf 'map $host $api_origin {\n  default "%s";\n}\n' "$origin" >/tmp/api-origin.conf
