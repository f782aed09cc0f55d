import { symlink, writeFile } from "node:fs/promises"
import { join, resolve } from "node:path"
import { execa } from "execa"
import { startPostgres } from "../host/postgres/cluster.js"
import { scratch } from "../host/reaper/scratch.js"
import { FUNCTIONS } from "../pipeline/functions.js"
import { plan } from "../pipeline/plan.js"
import { commitCopy, copyOfCheckout } from "./copy.js"
import { inTurn, row } from "./figures.js"

/** The npm scripts of `check`, those that others need first. */
function scripts(): string[] {
  const check = FUNCTIONS.find(({ name }) => name === "check")
  const runs = (check ? plan(check) : []).map((stage) => stage.runs)
  return runs.flatMap((each) => (each === "platform" ? [] : each.script))
}

/**
 * `check` against the same npm scripts one after another and against `turbo run` over them, in a copy of the checkout.
 * Nothing is cached between rounds by any of the three.
 */
export async function benchCheck(rounds: number): Promise<string[]> {
  const own = scratch()
  try {
    const folder = await copyForTurbo(join(own.folder, "checkout"))
    const { url } = await startPostgres(own)
    const options = {
      cwd: folder,
      reject: false,
      stdin: "ignore",
      stdout: "ignore",
      stderr: "ignore",
    } as const
    const env = { DATABASE_URL: url, TEST_DATABASE_URL: url }
    const turbo = [...scripts(), "--force", "--continue", "--env-mode=loose", "--concurrency=2"]
    const figures = await inTurn(rounds, {
      "npm scripts, one after another": async () => {
        for (const script of scripts()) await execa("npm", ["run", "--silent", script], { ...options, env })
      },
      "turbo run, two at once": () => execa("npx", ["turbo", "run", ...turbo], { ...options, env }),
      "npm run ci -- check": () =>
        execa("npm", ["run", "--silent", "ci", "--", "check", "--on", "host"], options),
    })
    const [base] = figures
    return base ? figures.map((each) => row(each, base)) : []
  } finally {
    await own.clear()
  }
}

/** A copy of the checkout, with what turbo needs beside it. */
async function copyForTurbo(folder: string): Promise<string> {
  await copyOfCheckout(folder)
  await symlink(resolve("node_modules"), join(folder, "node_modules"))
  const { stdout: npm } = await execa("npm", ["--version"])
  await execa("npm", ["pkg", "set", `packageManager=npm@${npm}`], { cwd: folder })
  await writeFile(join(folder, "turbo.json"), JSON.stringify(turboTasks()))
  await commitCopy(folder)
  return folder
}

function turboTasks() {
  const [first = "", ...others] = scripts()
  const task = (script: string, dependsOn: string[]) => [`//#${script}`, { cache: false, dependsOn }]
  return {
    tasks: Object.fromEntries([
      task(first, []),
      ...others.map((script) => task(script, [`//#${first}`])),
    ]) as object,
  }
}
