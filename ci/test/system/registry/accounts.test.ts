import { describe, expect, test } from "vitest"
import { ground } from "./ground.js"
import { madeImage } from "./made-image.js"
import { ACCOUNT, withoutRegistry } from "./registry.js"

describe.skipIf(withoutRegistry !== undefined)("a registry with accounts", () => {
  const known = { "registry-user": ACCOUNT.user }

  test("takes the record of its user, and of nobody else", async () => {
    const { images, record, release } = await ground({ accounts: true })
    const server = (await madeImage(images.server, "server")).digest
    const client = (await madeImage(images.client, "client")).digest
    const anonymous = await record(server, client)
    expect(anonymous).toMatchObject({ exitCode: 1, stdout: "" })
    expect(anonymous.stderr).toContain("give --registry-user and the environment variable REGISTRY_PASSWORD")

    const env = { REGISTRY_PASSWORD: ACCOUNT.password }
    const stored = await record(server, client, known, env)
    expect(stored).toMatchObject({ exitCode: 0, stderr: "" })
    expect((await release("find", known, env)).stdout).toBe(stored.stdout)
    expect(stored.stdout).not.toContain(ACCOUNT.password)
  })

  test("refuses a wrong password without anybody repeating it", async () => {
    const { host, release } = await ground({ accounts: true })
    const password = "starlight-on-the-registry"
    const { exitCode, stdout, stderr } = await release("find", known, { REGISTRY_PASSWORD: password })
    expect([exitCode, stdout]).toEqual([1, ""])
    expect(stderr).toContain(`error: ${host}: expected to let in the user publisher, received 401; check`)
    for (const secret of [password, Buffer.from(`publisher:${password}`).toString("base64")])
      expect(stderr).not.toContain(secret)
  })
})
