import { expect, test } from "vitest"
import { sshConfiguration, sshWrapper } from "../../../targets/swarm/ssh-config.js"

test("ssh uses one key and believes pinned hosts alone", () => {
  const text = sshConfiguration({ key: "/tmp/a b/key", knownHosts: "/tmp/a b/known_hosts" })
  expect(text).toContain('IdentityFile "/tmp/a b/key"')
  expect(text).toContain("IdentitiesOnly yes")
  expect(text).toContain('UserKnownHostsFile "/tmp/a b/known_hosts"')
  expect(text).toContain("GlobalKnownHostsFile /dev/null")
  expect(text).toContain("StrictHostKeyChecking yes")
})

test("the program that stands for ssh passes everything on", () => {
  expect(sshWrapper("/usr/bin/ssh", "/tmp/x/config")).toBe(
    "#!/bin/sh\nexec '/usr/bin/ssh' -F '/tmp/x/config' \"$@\"\n",
  )
})
