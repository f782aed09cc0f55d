import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import { describe, expect, onTestFinished, test } from "vitest"
import type { ImageName } from "../../../images/build-command.js"
import { built, CANARY } from "./built.js"
import { docker, skipWithoutDocker } from "./docker.js"

skipWithoutDocker()

/** The parts of a saved image, layers and settings, in which a text stands. */
async function partsWith(text: string, folder: string): Promise<string[]> {
  // Layers may be compressed; zgrep reads both kinds.
  const search = [
    "-type",
    "f",
    "-exec",
    "zgrep",
    "--text",
    "--quiet",
    "--fixed-strings",
    text,
    "{}",
    ";",
    "-print",
  ]
  return (await execa("find", [folder, ...search])).stdout.split("\n").filter(Boolean)
}

async function saved(tag: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "image-"))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await execa("docker", ["save", "--output", join(folder, "image.tar"), tag])
  await execa("tar", ["--extract", "--file", join(folder, "image.tar"), "--directory", folder])
  await rm(join(folder, "image.tar"))
  return folder
}

describe.each<{ name: ImageName; known: string }>([
  { name: "server", known: "MigrationAdapter" },
  { name: "client", known: "window.APP_CONFIG = " },
])("the image of the $name", ({ name, known }) => {
  test("has no secret of the machine that built it in any layer, setting or step", async () => {
    const image = await built(name)
    onTestFinished(image.remove)
    const folder = await saved(image.tag)
    expect(await partsWith(known, folder), "the search finds what is there").not.toEqual([])
    expect(await partsWith(image.commit, folder), "the search finds settings").not.toEqual([])
    expect(await partsWith(CANARY, folder)).toEqual([])
    const { stdout } = await docker(["history", "--no-trunc", image.tag])
    expect(stdout).toContain("HEALTHCHECK")
    expect(stdout).not.toContain(CANARY)
  })
})
