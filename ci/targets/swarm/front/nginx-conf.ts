import { project } from "../../../pipeline/project.js"
import { PART_PORT } from "../names.js"
import { KEPT, PROVISIONAL } from "./switch-script.js"

/** Where the front listens in its container. */
export const FRONT_CONTAINER_PORT = 8080

/**
 * The front's whole configuration. Which colour serves is looked up in files at every request, so that a switch
 * needs no reload: a reload closes idle connections under the feet of clients that keep them.
 */
export function frontConfiguration(stack: string): string {
  return `${FRAME}
http {
${http(stack)}
  server {
    listen ${FRONT_CONTAINER_PORT} backlog=4096;
${COLOUR}
${ERRORS}
    location = /metrics {
      default_type application/json;
      return 404 '${errorBody("not_found", "metrics are not for everybody")}';
    }
${project.serverPaths.map((path) => serverLocation(stack, path)).join("")}
    location / {
      proxy_pass http://${stack}-client-$colour:${PART_PORT.client};
    }
  }
}
`
}

/** As the server's own errors; Nginx fills in the id. */
const errorBody = (code: string, message: string) =>
  JSON.stringify({ error: { code, message, requestId: "$request_id" } })

const FRAME = `worker_processes auto;
pid /tmp/nginx.pid;
error_log /dev/stderr warn;
# Streams do not end by themselves.
worker_shutdown_timeout 5s;

events {
  worker_connections 4096;
}`

const http = (stack: string) => `  default_type application/octet-stream;
  client_body_temp_path /tmp/client-body;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;

  server_tokens off;
  keepalive_timeout 75s;
  keepalive_requests 100000;
  tcp_nodelay on;

  # The server logs its requests itself. What the front could not pass on is seen here alone.
  map $status $is_failure {
    ~^5 1;
    default 0;
  }
  access_log /dev/stdout combined if=$is_failure;

  map $http_x_forwarded_proto $forwarded_proto {
    "" $scheme;
    default $http_x_forwarded_proto;
  }
  # A switch that is not yet kept comes first.
  map $provisional $colour {
    "" $kept;
    default $provisional;
  }

  # Docker's own. Names in variables are looked up at each request; ${stack} is their prefix.
  resolver 127.0.0.11 valid=1s ipv6=off;
  # Nginx asks again after 5 s.
  resolver_timeout 12s;

  # No connection is kept to what can be taken away: the server closes each, and no request meets a closed one.
  proxy_http_version 1.1;
  proxy_set_header Connection close;
  proxy_set_header Host $http_host;
  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
  proxy_set_header X-Forwarded-Proto $forwarded_proto;
  proxy_connect_timeout 2s;
  # Only a request that did not reach a server, or one that can be repeated.
  proxy_next_upstream error timeout;
  proxy_next_upstream_tries 2;
  # The server has its own limit, BODY_LIMIT_BYTES.
  client_max_body_size 0;
`

const COLOUR = ["provisional", "kept"]
  .map((name) => {
    const folder = name === "kept" ? KEPT : PROVISIONAL
    const lines = ["blue", "green"].map(
      (colour) => `    if (-f ${folder}/${colour}) {\n      set $${name} ${colour};\n    }\n`,
    )
    return `    set $${name} "";\n${lines.join("")}`
  })
  .join("")

const UNAVAILABLE = errorBody("unavailable", "nothing serves here at the moment; try again in some seconds")
const UNANSWERED = errorBody("unavailable", "the server did not answer; try again if that can do no harm")

const ERRORS = `    if ($colour = "") {
      return 503;
    }
    error_page 503 @unavailable;
    error_page 502 504 =502 @unanswered;
    location @unavailable {
      default_type application/json;
      add_header Retry-After 5 always;
      return 503 '${UNAVAILABLE}';
    }
    location @unanswered {
      default_type application/json;
      add_header Retry-After 1 always;
      return 502 '${UNANSWERED}';
    }`

/** A path with a slash at its end leads whatever is below it. Nothing is held back in either direction. */
const serverLocation = (stack: string, path: string) => `
    location ${path.endsWith("/") ? path : `= ${path}`} {
      proxy_pass http://${stack}-server-$colour:${PART_PORT.server};
      proxy_buffering off;
      proxy_request_buffering off;
      proxy_read_timeout 1h;
      proxy_send_timeout 1h;
    }
`
