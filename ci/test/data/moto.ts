import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { execa } from "execa"
import { Client } from "minio"
import { freePort } from "../../host/free-port.js"
import type { Scratch } from "../../host/reaper/scratch.js"

const VERSION = "5.2.5"
const READY_TRIES = 300

/** An S3 that was started. */
export interface Emulator {
  /** Settings of a store in a bucket that exists. */
  readonly settings: Readonly<Record<string, string>>
}

/**
 * Starts moto's server, a known emulator of S3, installed into the run's folder where Python doesn't have it. It ends
 * with the run.
 * @param host where it listens
 * @returns in words why there can be none
 */
export async function startEmulator(scratch: Scratch, host = "127.0.0.1"): Promise<Emulator | string> {
  const path = await installed(join(scratch.folder, "moto"))
  if (path === undefined) return "moto, the emulator of S3, can't be installed with python3 and pip"
  const port = await freePort()
  const server = execa("python3", ["-m", "moto.server", "-H", host, "-p", `${port}`], {
    env: { ...path, HOME: scratch.folder },
    stdio: "ignore",
    detached: true,
    cleanup: false,
    reject: false,
  })
  if (server.pid !== undefined) scratch.started(server.pid)
  return emulator(host, port)
}

async function emulator(host: string, port: number): Promise<Emulator> {
  const keys = { accessKey: "emulated", secretKey: "emulated-secret" }
  const client = new Client({ endPoint: host, port, useSSL: false, region: "us-east-1", ...keys })
  for (let attempt = 1; ; attempt++)
    try {
      await client.makeBucket("backups")
      break
    } catch (error) {
      if (attempt === READY_TRIES) throw error
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  return {
    settings: {
      BACKUP_STORE: "s3://backups/of/the-platform",
      BACKUP_S3_ENDPOINT: `http://${host}:${port}`,
      BACKUP_S3_ACCESS_KEY: keys.accessKey,
      BACKUP_S3_SECRET_KEY: keys.secretKey,
    },
  }
}

/** The variables with which Python finds moto. Of another version, answers may lack what a client needs: 5.2.1's do. */
async function installed(folder: string): Promise<Record<string, string> | undefined> {
  const script = `import flask, moto; assert moto.__version__ == "${VERSION}"`
  const known = await execa("python3", ["-c", script], { reject: false })
  if (!known.failed) return {}
  mkdirSync(folder)
  const args = ["-m", "pip", "install", "--quiet", "--target", folder, `moto[server]==${VERSION}`]
  const { failed } = await execa("python3", args, { reject: false })
  return failed ? undefined : { PYTHONPATH: folder }
}
