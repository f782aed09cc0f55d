import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import { onTestFinished } from "vitest"
import { registryAddress } from "../../../registry/address.js"
import { imageRepositories } from "../../../release/images.js"
import { ACCOUNT, startedRegistry } from "./registry.js"

/** Commits that nobody made. */
export const COMMIT = "c0".repeat(20)
export const OTHER_COMMIT = "d1".repeat(20)
const PACKAGES = "libc6\t2.36-9+deb12u10\tamd64\n"

/** A registry, the program, and a folder with the packages of images. */
export async function ground({ accounts = false, namespace = "" } = {}) {
  const host = await startedRegistry({ accounts })
  const address = host + namespace
  const credentials = accounts ? { credentials: ACCOUNT } : {}
  const images = imageRepositories({ address: registryAddress(address), ...credentials })
  const packages = await mkdtemp(join(tmpdir(), "packages-"))
  onTestFinished(() => rm(packages, { recursive: true }))
  for (const name of ["server", "client"]) await writeFile(join(packages, `${name}.tsv`), PACKAGES)
  const release = async (command: string, flags: Record<string, string> = {}, env = {}) => {
    const all = { "registry-address": address, "commit-sha": COMMIT, ...flags }
    const words = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value])
    const args = ["run", "--silent", "release", "--", command, ...words]
    return execa("npm", args, { env: { REGISTRY_PASSWORD: "", ...env }, reject: false, stdin: "ignore" })
  }
  const record = (server: string, ...[client, more, env]: [string, Record<string, string>?, object?]) => {
    const references = {
      "server-image": `${address}/agent-backend@${server}`,
      "client-image": `${address}/agent-frontend@${client}`,
    }
    return release("record", { ...references, packages, ...more }, env)
  }
  return { host, address, images, release, record }
}

/** What a registry says to a plain request, so that our own client is not believed when it speaks of itself. */
export async function raw(host: string, path: string) {
  const accept = [
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.oci.image.index.v1+json",
  ].join(", ")
  const response = await fetch(`http://${host}/v2/${path}`, { headers: { accept } })
  const text = await response.text()
  return { status: response.status, digest: response.headers.get("docker-content-digest"), text }
}
