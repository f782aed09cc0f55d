import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { built, type Built } from "./built.js"
import {
  docker,
  HARDENED,
  health,
  inspected,
  noDocker,
  skipWithoutDocker,
  started,
  stopped,
} from "./docker.js"

skipWithoutDocker()

const API = "https://api.example.com:8443"

let image: Built
beforeAll(async () => {
  if (noDocker === undefined) image = await built("client")
})
afterAll(async () => {
  if (noDocker === undefined) await image.remove()
})

/** Starts the client; its name and its address. */
async function client(apiBaseUrl: string) {
  const publish = ["--publish", "127.0.0.1:0:8080", "--env", `API_BASE_URL=${apiBaseUrl}`]
  const name = await started([...HARDENED, ...publish, image.tag])
  expect(await health(name)).toBe("healthy")
  const { stdout } = await docker(["port", name, "8080/tcp"])
  return { name, url: `http://${stdout}` }
}

async function answer(url: string) {
  const response = await fetch(url)
  return { status: response.status, headers: response.headers, text: await response.text() }
}

describe("the client's image", () => {
  test("says which commit it is and where its code is", async () => {
    const labels = JSON.parse(await inspected(image.tag, "{{json .Config.Labels}}")) as unknown
    expect(labels).toMatchObject({
      "org.opencontainers.image.title": "agent-frontend",
      "org.opencontainers.image.licenses": "MIT",
      "org.opencontainers.image.revision": image.commit,
      "org.opencontainers.image.source": image.source,
    })
  })

  test("does not run as root and has the built page alone", async () => {
    const { stdout } = await docker([
      "run",
      "--rm",
      "--entrypoint",
      "sh",
      image.tag,
      "-c",
      "id -u; find /srv -type f",
    ])
    const [user, ...files] = stdout.split("\n")
    expect(user).toBe("101")
    expect(
      files.filter((file) => !/\/(index\.html|favicon\.svg|assets\/[\w-]+\.(js|css|woff2))$/.test(file)),
    ).toEqual([])
  })

  test("serves the page, told where the API is, and ends when it is told to", async () => {
    const { name, url } = await client(`${API}/v1`)
    expect((await answer(`${url}/config.js`)).text).toBe(`window.APP_CONFIG = {"apiBaseUrl":"${API}/v1"}\n`)
    const page = await answer(url)
    expect(page.text).toContain('<div id="root">')
    expect(page.headers.get("content-security-policy")).toContain(`connect-src 'self' ${API};`)
    const end = await stopped(name)
    expect(end.exitCode).toBe("0")
    expect(end.seconds).toBeLessThan(10)
  })

  test("lets browsers keep what has a hash in its name, and nothing else", async () => {
    const { url } = await client("")
    const page = await answer(url)
    const script = /src="\.(\/assets\/[^"]+)"/.exec(page.text)?.[1] ?? ""
    const asset = await answer(url + script)
    expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable")
    expect(asset.headers.get("content-encoding")).toBe("gzip")
    for (const path of ["/", "/index.html", "/config.js"])
      expect((await answer(url + path)).headers.get("cache-control")).toBe("no-cache")
    const missing = await answer(`${url}/assets/none.js`)
    expect(missing).toMatchObject({ status: 404 })
    expect(missing.headers.get("cache-control")).toBeNull()
  })

  test("protects the page with every answer", async () => {
    const { url } = await client("/api")
    for (const path of ["/", "/config.js", "/none"]) {
      const headers = Object.fromEntries((await answer(url + path)).headers)
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        server: "nginx",
      })
      expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'")
    }
  })
})
