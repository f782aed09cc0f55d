import type { ConnectorName, Settings } from "../settings/settings.js"
import { anthropic } from "./anthropic.js"
import type { Connector } from "./connector.js"
import { openai } from "./openai.js"
import { sandbox } from "./sandbox.js"

/** The connectors that can be used: sandbox always, the others when their key is set. */
export type ConnectorRegistry = ReadonlyMap<ConnectorName, Connector>

/** The connectors that the settings allow. */
export function configuredConnectors({ model }: Settings): ConnectorRegistry {
  const connectors = new Map<ConnectorName, Connector>([["sandbox", sandbox]])
  if (model.openai) connectors.set("openai", openai(model.openai, model))
  if (model.anthropic) connectors.set("anthropic", anthropic(model.anthropic, model))
  return connectors
}
