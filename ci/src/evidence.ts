import { dag, type Container, type Directory } from "@dagger.io/dagger"
import type { Reads, Stage } from "../pipeline/stage.js"
import { readBy, workspace, type Sources } from "./trees.js"
import { uncached } from "./uncached.js"

const FOLDER = "/evidence"
const ALL: readonly Reads[] = ["server", "client", "tree", "history"]

/** A program of its own, so that Dagger shows the command that it runs. */
const PROGRAM = "/usr/local/bin/keeping-evidence"
/** Runs a command, shows and keeps its output, and keeps its exit code. */
const KEEPING = `#!/bin/bash
  file="$1"
  rm -f "$file".*
  "\${@:2}" 2>&1 | tee "$file.log"
  code=\${PIPESTATUS[0]}
  echo "$code" >"$file.exit"
  exit "$code"`

/**
 * The container with a volume for what a stage finds. A volume outlives a command that fails, whose container does not;
 * so a failure need not be accepted, and with that cached: a failed stage runs again when it is called again.
 * The volume belongs to the files that are read: another edit neither finds it nor makes the stage run again.
 */
export async function withEvidence(container: Container, sources: Sources, reads: Reads): Promise<Container> {
  // A report is made without the history, of which one tree has one.
  const read = reads === "history" ? sources.tree : readBy(sources, reads)
  const digest = await read.digest()
  const able = container.withNewFile(PROGRAM, KEEPING, { permissions: 0o755 })
  return able.withMountedCache(`${FOLDER}/${reads}`, dag.cacheVolume(`evidence-${reads}-${digest}`))
}

/** The command of a stage, so that its output, exit code and test results are kept however it ends. */
export function keeping({ name, reads = "tree" }: Stage, argv: readonly string[]): string[] {
  const file = `${FOLDER}/${reads}/${name}`
  const reporters = ["--", "--reporter=default", "--reporter=junit", `--outputFile.junit=${file}.xml`]
  const reported = name.startsWith("test") ? [...argv, ...reporters] : argv
  return [PROGRAM, file, ...reported]
}

/**
 * What the stages found in these files, as it is now: a folder with the summary, annotations, JUnit and logs, and a text
 * for people as the host prints it.
 */
export async function report(sources: Sources): Promise<{ folder: Directory; text(): Promise<string> }> {
  let container = uncached(workspace(sources, "tree"))
  for (const reads of ALL) container = await withEvidence(container, sources, reads)
  const reported = container.withExec([
    ...["npm", "run", "--silent", "report", "--"],
    ...["--evidence", FOLDER, "--output", "/report"],
  ])
  return { folder: reported.directory("/report"), text: () => reported.stdout() }
}
