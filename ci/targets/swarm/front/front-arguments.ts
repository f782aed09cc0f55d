import { LABEL, labelArgs } from "../labels.js"
import { colourVolume, frontName } from "../names.js"
import { HARDENED, onNetwork, stackLabels } from "../service-arguments.js"
import { FRONT_CONTAINER_PORT } from "./nginx-conf.js"
import { KEPT } from "./switch-script.js"

/** What a front is made of. */
export interface FrontPlan {
  readonly stack: string
  readonly environment: string
  readonly image: string
  /** Where it listens on its node. */
  readonly port: number
  /** The id of its node: there are the port and the volume that says which colour serves. */
  readonly node: string
  /** The docker config that holds its configuration. */
  readonly configuration: string
  /** By which a front that was made otherwise is found out. */
  readonly fingerprint: string
}

const mounted = (configuration: string) => `source=${configuration},target=/etc/nginx/nginx.conf`
const HOST_PORT = `mode=host,protocol=tcp,target=${FRONT_CONTAINER_PORT}`
const onNode = ({ node }: FrontPlan) => `node.id==${node}`
const published = (port: number) => `${HOST_PORT},published=${port}`

/** Arguments of docker that create a front. */
export function createFrontArgs(plan: FrontPlan): string[] {
  const { stack, environment, image, fingerprint } = plan
  return [
    ...["service", "create", "--detach", "--quiet", "--name", frontName(stack)],
    ...labelArgs({ ...stackLabels(stack, environment), [LABEL.front]: fingerprint }),
    ...["--container-label", `${LABEL.front}=${fingerprint}`],
    ...onNetwork(stack),
    ...HARDENED,
    ...["--mount", `type=volume,source=${colourVolume(stack)},target=${KEPT}`],
    ...["--constraint", onNode(plan), "--publish", published(plan.port)],
    ...["--restart-condition", "any", "--restart-delay", "1s", "--stop-grace-period", "10s"],
    // The port and the volume let one run at a time.
    ...["--update-order", "stop-first", "--config", mounted(plan.configuration)],
    image,
  ]
}

/** What is there of a front that is to become another one. */
export interface FrontThere {
  /** The names of all docker configs of the environment. */
  readonly configurations: readonly string[]
  /** Where it listens on its node. */
  readonly ports: readonly number[]
  /** On which node it may run, in swarm's words. */
  readonly constraints: readonly string[]
}

/** Arguments of docker that make another front of the one that is there. */
export function updateFrontArgs(
  plan: FrontPlan,
  { configurations, ports, constraints }: FrontThere,
): string[] {
  const { stack, image, fingerprint, port } = plan
  const old = configurations.filter((name) => name !== plan.configuration)
  return [
    ...["service", "update", "--detach", "--quiet", "--image", image],
    ...["--label-add", `${LABEL.front}=${fingerprint}`],
    ...["--container-label-add", `${LABEL.front}=${fingerprint}`],
    ...(ports.includes(port) ? [] : moved(port)),
    ...(constraints.includes(onNode(plan)) ? [] : ["--constraint-add", onNode(plan)]),
    ...constraints.filter((each) => each !== onNode(plan)).flatMap((each) => ["--constraint-rm", each]),
    ...old.flatMap((name) => ["--config-rm", name]),
    ...["--config-add", mounted(plan.configuration)],
    frontName(stack),
  ]
}

/**
 * Docker finds no port to remove without its mode, and adds none that was there before, even if it removes that in the same
 * call; in both cases it says nothing.
 */
const moved = (port: number) => ["--publish-rm", HOST_PORT, "--publish-add", published(port)]
