import { docker } from "../images/docker.js"
import { DPKG_FORMAT } from "./debian-packages.js"
import { ReleaseFailure } from "./failure.js"
import type { Order } from "./pushing.js"

/**
 * What `dpkg-query` prints in an image; of several platforms, in that of the first.
 * @throws ReleaseFailure
 */
export async function installedPackages(image: string, { platform, config }: Order): Promise<string> {
  const [first] = platform?.split(",") ?? []
  const where = first === undefined ? [] : ["--platform", first]
  const command = ["run", "--rm", ...where, "--entrypoint", "dpkg-query", image, "-W", "-f", DPKG_FORMAT]
  const env = { DOCKER_CONFIG: config }
  const { stdout, failed, shortMessage, stderr } = await docker(command, {
    stdin: "ignore",
    env,
    reject: false,
  })
  if (!failed) return stdout
  throw new ReleaseFailure(
    `expected the Debian packages of ${image}, received: ${stderr.trim() || shortMessage}`,
  )
}
