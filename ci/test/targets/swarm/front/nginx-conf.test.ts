import { describe, expect, test } from "vitest"
import { project } from "../../../../pipeline/project.js"
import { frontConfiguration } from "../../../../targets/swarm/front/nginx-conf.js"

const text = frontConfiguration("agent-staging")

describe("the front's configuration", () => {
  test("leads the server's paths to the server of the colour, and all else to the client", () => {
    const server = text.match(/proxy_pass http:\/\/agent-staging-server-\$colour:3000;/g)
    expect(server).toHaveLength(project.serverPaths.length)
    expect(text.match(/proxy_pass http:\/\/agent-staging-client-\$colour:8080;/g)).toHaveLength(1)
    expect(text).toContain("location /api/ {")
    expect(text).toContain("location = /readyz {")
  })

  test("holds back neither requests nor answers of the server", () => {
    for (const line of ["proxy_buffering off;", "proxy_request_buffering off;"])
      expect(text.split(line)).toHaveLength(project.serverPaths.length + 1)
  })

  test("answers as the server does when nothing serves", () => {
    const body = /return 503 '(.*)';/.exec(text)?.[1] ?? ""
    const error = { code: "unavailable", requestId: "$request_id" }
    expect(JSON.parse(body)).toMatchObject({ error })
  })
})
