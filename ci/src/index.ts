/**
 * Checks, builds, publishes and migrates the platform, the same way on a laptop and in continuous integration. Every
 * function is there without an engine, too: npm run ci -- <function>.
 */
import {
  argument,
  check,
  type Container,
  type Directory,
  type File,
  func,
  object,
  type Secret,
} from "@dagger.io/dagger"
import { builds } from "./builds.js"
import { checked } from "./checks.js"
import { flag, given, inEnvironment } from "./deploy.js"
import { migrated, smoked } from "./environment.js"
import { report } from "./evidence.js"
import { image } from "./images.js"
import { NOT_APPLICATION, NOT_HISTORY, NOT_TREE } from "./inputs.js"
import { published } from "./publish.js"

/** A package that can be tested alone. */
export enum TestedPackage {
  server = "server",
  client = "client",
  ci = "ci",
}

/** The pipeline of the platform */
@object()
export class Delivery {
  /** The platform without its pipeline */
  @func()
  application: Directory

  /** The whole checkout */
  @func()
  tree: Directory

  /**
   * @param application the platform without its pipeline, so that an edit of the pipeline leaves what is made of it cached
   * @param tree the whole checkout, for what looks at every file
   */
  constructor(
    @argument({ defaultPath: "/", ignore: NOT_APPLICATION }) application: Directory,
    @argument({ defaultPath: "/", ignore: NOT_TREE }) tree: Directory,
  ) {
    this.application = application
    this.tree = tree
  }

  /**
   * lint, format, typecheck, test, build and audit, at once where they can be
   * @param history what git knows of the commits
   */
  @func({ cache: "12h" })
  async check(@argument({ defaultPath: "/", ignore: NOT_HISTORY }) history: Directory): Promise<string> {
    return checked("check", { ...this.sources(), history })
  }

  /**
   * ESLint, and the commit messages
   * @param history what git knows of the commits
   */
  @func()
  @check()
  async lint(@argument({ defaultPath: "/", ignore: NOT_HISTORY }) history: Directory): Promise<string> {
    return checked("lint", { ...this.sources(), history })
  }

  /** Prettier finds nothing to change */
  @func()
  @check()
  async format(): Promise<string> {
    return checked("format", this.sources())
  }

  /** TypeScript over server, client and ci */
  @func()
  @check()
  async typecheck(): Promise<string> {
    return checked("typecheck", this.sources())
  }

  /**
   * unit, API and component tests, on a real PostgreSQL
   * @param only test one package alone
   */
  @func()
  @check()
  async test(only?: TestedPackage): Promise<string> {
    return checked("test", this.sources(), only)
  }

  /** the server into server/dist and the client into client/dist */
  @func()
  @check()
  async build(): Promise<Directory> {
    await checked("build", this.sources())
    return builds(this.sources())
  }

  /**
   * known vulnerabilities, the lockfile, secrets in the tree
   * @param history what git knows of the files
   */
  @func({ cache: "12h" })
  @check()
  async audit(@argument({ defaultPath: "/", ignore: NOT_HISTORY }) history: Directory): Promise<string> {
    return checked("audit", { ...this.sources(), history })
  }

  /**
   * the server's image, from server/Dockerfile
   * @param commitSha the commit that the image carries
   * @param sourceUrl where the source can be read, carried by the image
   * @param platform such as linux/arm64 (default: that of the engine)
   */
  @func()
  serverImage(commitSha = "unknown", sourceUrl = "", platform = ""): Container {
    return image(this.sources(), { name: "server", commit: commitSha, source: sourceUrl, platform })
  }

  /**
   * the client's image, from client/Dockerfile
   * @param commitSha the commit that the image carries
   * @param sourceUrl where the source can be read, carried by the image
   * @param platform such as linux/arm64 (default: that of the engine)
   */
  @func()
  clientImage(commitSha = "unknown", sourceUrl = "", platform = ""): Container {
    return image(this.sources(), { name: "client", commit: commitSha, source: sourceUrl, platform })
  }

  /**
   * both images and the release record into a registry; with a release tag, the tag on what is there
   * @param registryAddress host[:port][/namespace]; http:// in front for a registry without TLS
   * @param commitSha the commit that is published
   * @param registryUser who pushes
   * @param registryPassword password or token of the user
   * @param sourceUrl where the source can be read, carried by the image
   * @param platform such as linux/arm64; several are separated by commas (default: that of the engine)
   * @param releaseTag such as v1.2.3: builds nothing, adds the tag to the digests that the commit's record has
   */
  @func({ cache: "never" })
  async publish(
    registryAddress: string,
    commitSha: string,
    registryUser = "",
    registryPassword?: Secret,
    sourceUrl = "",
    platform = "",
    releaseTag = "",
  ): Promise<string> {
    const what = { commit: commitSha, source: sourceUrl, platform, releaseTag }
    const where = { address: registryAddress, user: registryUser, password: registryPassword }
    return published(this.sources(), { ...what, ...where })
  }

  /**
   * pending Prisma migrations, applied to a database
   * @param databaseUrl the database to migrate, at an address that the engine's containers reach
   */
  @func({ cache: "never" })
  async migrate(databaseUrl: Secret): Promise<string> {
    return migrated(this.sources(), databaseUrl)
  }

  /**
   * health, commit and one real user journey against a URL; may run in production
   * @param serverUrl base URL of the server, at an address that the engine's containers reach
   * @param smokeApiKey an API key limited to the sandbox connector
   * @param clientUrl base URL of the client, to look at its page too
   * @param commitSha the commit that must answer
   */
  @func({ cache: "never" })
  async smoke(
    serverUrl: string,
    smokeApiKey: Secret,
    clientUrl?: string,
    commitSha?: string,
  ): Promise<string> {
    const facts = { serverUrl, ...(clientUrl && { clientUrl }), ...(commitSha && { commit: commitSha }) }
    return smoked(this.sources(), facts, smokeApiKey)
  }

  /**
   * a release to an environment, with no request lost, and back when it does not prove itself
   * @param environment such as staging; local is this machine and needs no settings
   * @param settings the environment's settings, a dotenv document: env://NAME or file://path
   * @param release the release record, as publish prints it (on local: the build of the working tree)
   * @param releaseTag the version that the release answers with, such as v1.2.3
   * @param wait how long to wait for another deploy of the environment to end (default: not at all)
   * @param allowBreaking let migrations through that the serving version may not live with
   * @param dryRun say what would be done, and change nothing
   * @param by who does it, for the history and for whoever waits
   */
  @func({ cache: "never" })
  async deploy(
    environment: string,
    settings: Secret,
    release: File,
    releaseTag = "",
    wait = "",
    allowBreaking = false,
    dryRun = false,
    by = "",
  ): Promise<string> {
    const flags = { allowBreaking: flag(allowBreaking), dryRun: flag(dryRun) }
    const facts = given({ environment, releaseTag, wait, by, ...flags })
    return inEnvironment("deploy", this.sources(), { settings, release, facts })
  }

  /**
   * an environment back to an earlier release, in the same way
   * @param environment such as staging; local is this machine and needs no settings
   * @param settings the environment's settings, a dotenv document: env://NAME or file://path
   * @param to a version, a commit or a deployment's number (default: the release before)
   * @param wait how long to wait for another deploy of the environment to end (default: not at all)
   * @param dryRun say what would be done, and change nothing
   * @param by who does it, for the history and for whoever waits
   */
  @func({ cache: "never" })
  async rollback(
    environment: string,
    settings: Secret,
    to = "",
    wait = "",
    dryRun = false,
    by = "",
  ): Promise<string> {
    const facts = given({ environment, to, wait, dryRun: flag(dryRun), by })
    return inEnvironment("rollback", this.sources(), { settings, facts })
  }

  /**
   * an environment's history: who, when, which release, how it ended
   * @param environment such as staging; local is this machine and needs no settings
   * @param settings the environment's settings, a dotenv document: env://NAME or file://path
   * @param limit how many, the newest first
   */
  @func({ cache: "never" })
  async deployments(environment: string, settings: Secret, limit = "10"): Promise<string> {
    const facts = { environment, limit }
    return inEnvironment("deployments", this.sources(), { settings, facts })
  }

  /**
   * one user's journey through an environment in a real browser; may run in production
   * @param environment such as staging; local is this machine and needs no settings
   * @param settings the environment's settings, a dotenv document: env://NAME or file://path
   * @param by who does it, for the history and for whoever waits
   */
  @func({ cache: "never" })
  async journey(environment: string, settings: Secret, by = ""): Promise<string> {
    return inEnvironment("journey", this.sources(), { settings, facts: given({ environment, by }) })
  }

  /**
   * an environment's database into its store, restored once to prove it
   * @param environment such as staging; local is this machine and needs no settings
   * @param settings the environment's settings, a dotenv document: env://NAME or file://path
   * @param by who does it, for the history and for whoever waits
   */
  @func({ cache: "never" })
  async backup(environment: string, settings: Secret, by = ""): Promise<string> {
    return inEnvironment("backup", this.sources(), { settings, facts: given({ environment, by }) })
  }

  /**
   * a backup in place of an environment's database, which is kept beside it
   * @param environment such as staging; local is this machine and needs no settings
   * @param settings the environment's settings, a dotenv document: env://NAME or file://path
   * @param backup a backup's name; latest for the newest
   * @param by who does it, for the history and for whoever waits
   */
  @func({ cache: "never" })
  async restore(environment: string, settings: Secret, backup = "latest", by = ""): Promise<string> {
    return inEnvironment("restore", this.sources(), { settings, facts: given({ environment, backup, by }) })
  }

  /**
   * made-up workflows and runs into an environment that is not production
   * @param environment such as staging; local is this machine and needs no settings
   * @param settings the environment's settings, a dotenv document: env://NAME or file://path
   * @param by who does it, for the history and for whoever waits
   */
  @func({ cache: "never" })
  async seed(environment: string, settings: Secret, by = ""): Promise<string> {
    return inEnvironment("seed", this.sources(), { settings, facts: given({ environment, by }) })
  }

  /**
   * a copy of a backup in which what is personal has been replaced, for staging
   * @param environment such as staging; local is this machine and needs no settings
   * @param settings the environment's settings, a dotenv document: env://NAME or file://path
   * @param to where the copy goes: a folder, or s3://bucket/prefix
   * @param backup a backup's name; latest for the newest
   * @param by who does it, for the history and for whoever waits
   */
  @func({ cache: "never" })
  async sanitize(
    environment: string,
    settings: Secret,
    to: string,
    backup = "latest",
    by = "",
  ): Promise<string> {
    return inEnvironment("sanitize", this.sources(), {
      settings,
      facts: given({ environment, backup, to, by }),
    })
  }

  /** what the newest run found wrong: summary, annotations, JUnit and logs, in .runs/report */
  @func({ cache: "never" })
  async report(): Promise<Directory> {
    return (await report(this.sources())).folder
  }

  private sources() {
    return { application: this.application, tree: this.tree }
  }
}
