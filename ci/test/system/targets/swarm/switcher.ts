import { once } from "node:events"
import { swarmTarget } from "../../../../targets/swarm/swarm.js"
import type { Instance } from "../../../../targets/target.js"
import { patience, swarmSettings } from "./settings.js"

// A deploy that has switched and is killed before it has decided. DOCUMENT has the settings, INSTANCE what it switches to.
const target = await swarmTarget(swarmSettings(process.env["DOCUMENT"] ?? ""))
await target.switchTo(JSON.parse(process.env["INSTANCE"] ?? "") as Instance, patience())
process.stdout.write("switched\n")
await once(process.stdin.resume(), "end")
