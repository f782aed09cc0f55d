import { once } from "node:events"
import { existsSync } from "node:fs"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { connect } from "node:net"
import { tmpdir, userInfo } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import { onTestFinished, vi } from "vitest"
import { freePort } from "../../../../host/free-port.js"

const PROGRAM = "/usr/sbin/sshd"

/** Why ssh is not tested here; `undefined` when it is. */
export const noSshd = existsSync(PROGRAM)
  ? undefined
  : "there is no sshd (on Debian: apt-get install openssh-server)"
if (noSshd !== undefined) console.warn(`a swarm behind ssh is not tested: ${noSshd}`)

/** A real sshd of this user's own on a free port of 127.0.0.1, with one key that it lets in; it goes with the test. */
export async function sshd() {
  const folder = await mkdtemp(join(tmpdir(), "sshd-"))
  const path = (name: string) => join(folder, name)
  for (const name of ["host", "key", "stranger"])
    await execa("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", path(name)])
  const port = await freePort()
  await writeFile(path("authorized"), await readFile(path("key.pub")), { mode: 0o600 })
  await writeFile(path("config"), configuration(folder, port))
  // In a container nobody may have made the folder that it wants for its child.
  await execa("mkdir", ["-p", "/run/sshd"], { reject: false })
  const child = execa(PROGRAM, ["-D", "-e", "-f", path("config")], { reject: false })
  onTestFinished(async () => {
    child.kill("SIGTERM")
    await child
    await rm(folder, { recursive: true, force: true })
  })
  let said = ""
  child.stderr.on("data", (data: Buffer) => (said += data.toString()))
  await listening(port)
  const known = async (name: string) => `[127.0.0.1]:${port} ${await readFile(path(`${name}.pub`), "utf8")}`
  return {
    host: `ssh://${userInfo().username}@127.0.0.1:${port}`,
    key: await readFile(path("key"), "utf8"),
    knownHosts: await known("host"),
    otherHosts: await known("stranger"),
    /** How often somebody has logged in. */
    logins: () => said.match(/Accepted publickey/g)?.length ?? 0,
  }
}

async function listening(port: number): Promise<void> {
  await vi.waitFor(
    async () => {
      const socket = connect(port, "127.0.0.1")
      await once(socket, "connect").finally(() => socket.destroy())
    },
    { timeout: 30_000, interval: 100 },
  )
}

const configuration = (folder: string, port: number) => `ListenAddress 127.0.0.1
Port ${port}
HostKey ${folder}/host
AuthorizedKeysFile ${folder}/authorized
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
`
