import { readFile } from "node:fs/promises"
import { expect, test } from "vitest"
import { parse } from "yaml"
import { z } from "zod"
import { project } from "../../pipeline/project.js"

const Service = z.object({
  image: z.string().optional(),
  build: z.object({ context: z.string(), dockerfile: z.string() }).optional(),
  ports: z.array(z.string()).optional(),
})
const Compose = z.object({ services: z.record(z.string(), Service) })

const { server, client } = project.images

async function service(name: string) {
  const { services } = Compose.parse(parse(await readFile("docker-compose.yml", "utf8"), { merge: true }))
  return Service.parse(services[name])
}

/** Everything that stands behind an instruction of a Dockerfile, one entry an instruction. */
async function instructions(dockerfile: string, name: string): Promise<string[]> {
  const text = (await readFile(dockerfile, "utf8")).replaceAll(/\s*\\\n\s*/g, " ")
  return [...text.matchAll(new RegExp(`^${name} (.+)$`, "gm"))].map(([, rest = ""]) => rest)
}

test("the images start from the bases that the project names", async () => {
  expect(await instructions(server.dockerfile, "ARG")).toContain(`NODE_IMAGE=${project.bases.node}`)
  expect(await instructions(client.dockerfile, "ARG")).toContain(`NODE_IMAGE=${project.bases.node}`)
  expect(await instructions(client.dockerfile, "ARG")).toContain(`NGINX_IMAGE=${project.bases.nginx}`)
})

test.each([server, client])("$name starts from build arguments and its own stages alone", async (image) => {
  const own = (await instructions(image.dockerfile, "FROM")).map((from) => from.split(" AS ")[1])
  const bases = (await instructions(image.dockerfile, "FROM")).map((from) => from.split(" AS ")[0])
  expect(bases.filter((base = "") => !base.startsWith("$") && !own.includes(base))).toEqual([])
})

test.each([server, client])("$name is titled by the name that it is published under", async (image) => {
  const labels = (await instructions(image.dockerfile, "LABEL")).join(" ")
  expect(labels).toContain(`org.opencontainers.image.title="${image.name}"`)
})

test("the server listens where the project says and is healthy when it is ready", async () => {
  const { defaultPort, readyPath } = project.server
  expect(await instructions(server.dockerfile, "EXPOSE")).toEqual([defaultPort])
  expect((await instructions(server.dockerfile, "ENV")).join(" ")).toContain(`PORT=${defaultPort} `)
  expect((await instructions(server.dockerfile, "HEALTHCHECK")).join(" ")).toContain(readyPath)
})

test("the client listens where the project says", async () => {
  expect(await instructions(client.dockerfile, "EXPOSE")).toEqual([project.client.defaultPort])
  expect(await readFile("client/nginx/nginx.conf", "utf8")).toContain(`listen ${project.client.defaultPort};`)
})

test("compose starts the same database, images and ports", async () => {
  expect((await service("db")).image).toBe(project.bases.postgres)
  expect((await service("server")).build).toEqual({ context: ".", dockerfile: server.dockerfile })
  expect((await service("migrate")).build).toEqual({ context: ".", dockerfile: server.dockerfile })
  expect((await service("client")).build).toEqual({ context: ".", dockerfile: client.dockerfile })
  expect((await service("server")).ports?.[0]).toMatch(new RegExp(`:${project.server.defaultPort}$`))
  expect((await service("client")).ports?.[0]).toMatch(new RegExp(`:${project.client.defaultPort}$`))
})

test("compose publishes ports to this machine alone", async () => {
  const ports = await Promise.all(["db", "server", "client"].map(async (name) => (await service(name)).ports))
  for (const port of ports.flat()) expect(port).toMatch(/^127\.0\.0\.1:/)
})
