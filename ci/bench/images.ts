import { execa } from "execa"
import { dockerProblem } from "../images/docker.js"
import { imageTag, sizeArguments, type ImageName } from "../images/build-command.js"
import { project } from "../pipeline/project.js"

const COMMIT = "be0c4be0c4"
const PLAIN = "bench-plain"

/** What is built without a thought: one stage, everything copied, every dependency kept. */
const PLAIN_DOCKERFILE = `FROM ${project.bases.node}
WORKDIR /app
COPY . .
RUN npm ci && npm run generate && npm run build
CMD ["node", "server/dist/main.js"]
`

/** The sizes of both images against one that is built plainly. Needs a Docker daemon. */
export async function benchImages(): Promise<string[]> {
  const problem = await dockerProblem()
  if (problem !== undefined) return [`  not measured: ${problem}`]
  await execa("docker", ["build", "--quiet", "--file", "-", "--tag", PLAIN, "."], { input: PLAIN_DOCKERFILE })
  const names = Object.keys(project.images) as ImageName[]
  for (const name of names)
    await execa("npm", ["run", "--silent", `image:${name}`, "--", "--commit-sha", COMMIT])
  const plain = await size(PLAIN)
  const rows = [line("one plain stage", plain, plain)]
  for (const name of names)
    rows.push(line(project.images[name].name, await size(imageTag({ name, commit: COMMIT })), plain))
  return rows
}

async function size(tag: string): Promise<number> {
  return Number((await execa("docker", sizeArguments(tag))).stdout)
}

function line(name: string, bytes: number, plain: number): string {
  const megabytes = `${(bytes / 1e6).toFixed(0)} MB`
  return `  ${name.padEnd(52)} ${megabytes.padEnd(34)} ${(bytes / plain).toFixed(2)} (goal: at most 0.40)`
}
