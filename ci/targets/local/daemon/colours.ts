import { existsSync } from "node:fs"
import { isBuilt, shortRevision, type Deployable } from "../../../release/deployable.js"
import type { Calling } from "../control/listen.js"
import { otherColour, type Colour, type Instance } from "../../target.js"
import type { Front } from "../front/front.js"
import { buildFolder, type Ordered } from "./program.js"
import { Running, type Ground } from "./running.js"
import { LocalFailure } from "../failure.js"

/** A switch of the front that has happened. */
export interface Switch {
  /** Keeps it. @throws when it was taken back by the next deploy */
  confirm(): void
  /** Leads back, if nobody has switched since. */
  back(): void
}

/** The two places behind the front. */
export class Colours {
  readonly #running = new Map<Colour, Running>()
  #serving: Running | undefined
  /** The newest switch, until it is kept or taken back. */
  #open: Switch | undefined
  readonly #front: Front
  readonly #ground: Ground

  constructor(front: Front, ground: Ground) {
    this.#front = front
    this.#ground = ground
  }

  get serving(): Instance | undefined {
    return this.#serving?.instance
  }

  /** The builds of what runs. */
  get builds(): string[] {
    const releases = [...this.#running.values()].map(({ instance }) => instance.release)
    return releases.flatMap((release) => (isBuilt(release) ? [release.build] : []))
  }

  get isEmpty(): boolean {
    return this.#running.size === 0
  }

  /** Starts a release where nothing serves; not for a caller that is gone by the time that this place is empty. */
  async start(ordered: Ordered, { signal, told }: Pick<Calling, "signal" | "told">): Promise<Instance> {
    const { release, version } = ordered
    expectBuild(buildFolder(this.#ground.places, release), release)
    const colour = otherColour(this.serving)
    await this.remove(colour, told)
    signal.throwIfAborted()
    const running = new Running({ colour, release, version }, ordered, this.#ground)
    this.#running.set(colour, running)
    await running.start()
    return running.instance
  }

  /** @throws when the instance is not there any more */
  find({ colour, release }: Instance): Running {
    const running = this.#running.get(colour)
    if (running && isSame(running.instance.release, release)) return running
    const found = running ? shortRevision(running.instance.release) : "nothing"
    throw new LocalFailure(`expected ${shortRevision(release)} in ${colour}, found ${found}; deploy again`)
  }

  switchTo(instance: Instance): Switch {
    const [before, after] = [this.#serving, this.find(instance)]
    if (after.fault !== undefined) throw new LocalFailure(`${instance.colour} can't serve: it ${after.fault}`)
    this.#lead(after)
    const switched = {
      confirm: () => {
        if (this.#open !== switched)
          throw new LocalFailure("expected to keep the switch, another deploy has taken it back; look again")
        this.#open = undefined
      },
      back: () => {
        if (this.#open === switched) this.#open = undefined
        const isThere = before === undefined || this.#running.get(before.instance.colour) === before
        if (this.#serving === after && isThere) this.#lead(before)
      },
    }
    this.#open = switched
    return switched
  }

  /** What serves for a deploy that begins, and holds the lock: nobody keeps a switch any more that is still open. */
  settled(): Instance | undefined {
    this.#open?.back()
    return this.serving
  }

  async remove(colour: Colour, signal: AbortSignal): Promise<void> {
    const running = this.#running.get(colour)
    if (!running) return
    if (running === this.#serving) throw new LocalFailure(`${colour} serves: switch before it is removed`)
    await running.end(signal)
    if (this.#running.get(colour) === running) this.#running.delete(colour)
  }

  /** Ends all that runs. */
  async clear(signal: AbortSignal): Promise<void> {
    this.#lead(undefined)
    await Promise.all([...this.#running.keys()].map((colour) => this.remove(colour, signal)))
  }

  #lead(to: Running | undefined): void {
    if (this.#serving) this.#serving.isServing = false
    this.#serving = to
    this.#front.route = to?.route
    to?.serve()
  }
}

function expectBuild(folder: string, release: Deployable): void {
  if (existsSync(folder)) return
  throw new LocalFailure(
    `expected the build ${shortRevision(release)} in ${folder}, found nothing; check out ${release.commit} and deploy it again`,
  )
}

function isSame(one: Deployable, other: Deployable): boolean {
  return isBuilt(one) && isBuilt(other) && one.build === other.build && one.commit === other.commit
}
