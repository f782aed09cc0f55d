import { errorShape, pageShape, runShape, workflowShape } from "./shapes.js"
import { until } from "./until.js"

/** What a request carries besides its address. */
export interface Asked {
  body?: unknown
  /** Instead of the client's own; null for none. */
  key?: string | null
  headers?: Record<string, string>
}

/** An answer with its body read. */
export interface Answer {
  status: number
  headers: Headers
  text: string
  body: unknown
}

/** A client of the API for tests; each answer is checked against its promised shape. */
export class Api {
  constructor(
    readonly url: string,
    readonly key: string | null,
  ) {}

  /** Any request, written like `GET /api/workflows`. */
  async ask(request: string, { body, key = this.key, headers = {} }: Asked = {}): Promise<Answer> {
    const [method = "", path = ""] = request.split(" ")
    const sent = {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    }
    const payload = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }
    const response = await fetch(this.url + path, { method, headers: sent, ...payload })
    const text = await response.text()
    const isJson = response.headers.get("content-type")?.startsWith("application/json")
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? JSON.parse(text) : undefined,
    }
  }

  /** The error of a request that fails, with its status. */
  async refusal(request: string, asked?: Asked) {
    const { status, body, headers } = await this.ask(request, asked)
    return { status, headers, ...errorShape.parse(body).error }
  }

  /** Creates a workflow of one prompt a step. */
  async workflow(prompts: string[] = ["Do {{goal}}"], more: object = {}) {
    const steps = prompts.map((prompt, index) => ({ name: `step ${index + 1}`, prompt }))
    const { body } = await this.ask("POST /api/workflows", { body: { goal: "a goal", steps, ...more } })
    return workflowShape.parse(body)
  }

  /** A workflow by its id. */
  async readWorkflow(id: string) {
    return workflowShape.parse((await this.ask(`GET /api/workflows/${id}`)).body)
  }

  /** A page of workflows. */
  async page(query = "") {
    return pageShape.parse((await this.ask(`GET /api/workflows${query}`)).body)
  }

  /** Starts a run of a new workflow of one prompt a step. */
  async run(prompts?: string[], more?: object) {
    const { id } = await this.workflow(prompts, more)
    return runShape.parse((await this.ask(`POST /api/workflows/${id}/runs`)).body)
  }

  /** A run by its id. */
  async readRun(id: string) {
    return runShape.parse((await this.ask(`GET /api/runs/${id}`)).body)
  }

  /** A run, once it has a status; throws at once when it has ended with another. */
  async runOnce(id: string, status: string) {
    return until(`run ${id} to be ${status}`, async () => {
      const run = await this.readRun(id)
      if (run.status === status) return run
      if (run.finishedAt)
        throw new Error(`expected run ${id} to be ${status}, it is ${run.status}: ${run.error}`)
      return undefined
    })
  }
}
