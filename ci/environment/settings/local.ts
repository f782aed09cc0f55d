import { z } from "zod"
import { port } from "./shapes.js"

/** Where the front of `local` listens when nobody says otherwise. */
export const USUAL_PORT = 8088

/** Settings of the target `local`. All have a default. */
export const local = z.object({
  TARGET: z.literal("local"),
  /** Where the front listens on 127.0.0.1. */
  FRONT_PORT: port.default(USUAL_PORT),
})
