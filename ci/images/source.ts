import { execa } from "execa"

/** `git@host:owner/name.git`, git's short form of an ssh address. */
const SHORT = /^(?:[^@/:]+@)?([^/:]{2,}):(?!\/)(.+)$/

/**
 * Where a git remote can be read with a browser: `https://host/owner/name`, without a user or a password. Empty for a
 * remote that no browser can reach, such as a folder.
 */
export function sourceOf(remote: string): string {
  const address = remote.trim().replace(SHORT, "ssh://$1/$2")
  if (!URL.canParse(address)) return ""
  const { protocol, host, hostname, pathname } = new URL(address)
  if (!/^(https?|ssh|git):$/.test(protocol)) return ""
  const authority = protocol === "https:" ? host : hostname
  return `https://${authority}${pathname.replace(/\/+$/, "").replace(/\.git$/, "")}`
}

/** The same for the remote `origin` of this checkout; empty without one. */
export async function originSource(): Promise<string> {
  const { stdout, failed } = await execa("git", ["remote", "get-url", "origin"], { reject: false })
  return failed ? "" : sourceOf(stdout)
}
