import { readFileSync } from "node:fs"
import ts from "typescript"

/** A function of the Dagger module, as its source declares it. */
export interface Declared {
  /** As `dagger call` knows it. */
  readonly name: string
  readonly summary: string
  readonly isCheck: boolean
  /** The duration, `never`, or undefined for the default of seven days. */
  readonly cache: string | undefined
  readonly flags: readonly DeclaredFlag[]
}

export interface DeclaredFlag {
  readonly name: string
  readonly summary: string
  readonly isRequired: boolean
  /** Taken from the checkout: nobody has to give it. */
  readonly isContext: boolean
}

const FILE = "ci/src/index.ts"

/** The functions of the module's class. */
export function declaredFunctions(): Declared[] {
  const source = ts.createSourceFile(FILE, readFileSync(FILE, "utf8"), ts.ScriptTarget.Latest, true)
  const classes = source.statements.filter(ts.isClassDeclaration)
  return classes.flatMap(({ members }) => members.filter(ts.isMethodDeclaration).flatMap(declared))
}

function declared(method: ts.MethodDeclaration): Declared[] {
  const decorators = (ts.getDecorators(method) ?? []).map((each) => each.getText())
  const func = decorators.find((text) => text.startsWith("@func"))
  if (func === undefined) return []
  const [, cache] = /cache: "([^"]+)"/.exec(func) ?? []
  const isCheck = decorators.includes("@check()")
  const flags = method.parameters.map(flag)
  return [{ name: kebab(method.name.getText()), summary: comment(method), isCheck, cache, flags }]
}

function flag(parameter: ts.ParameterDeclaration): DeclaredFlag {
  const [tag] = ts.getJSDocParameterTags(parameter)
  return {
    name: kebab(parameter.name.getText()),
    summary: ts.getTextOfJSDocComment(tag?.comment) ?? "",
    isRequired: !parameter.questionToken && !parameter.initializer,
    isContext: (ts.getDecorators(parameter) ?? []).some((each) => each.getText().includes("defaultPath")),
  }
}

function comment(node: ts.Node): string {
  const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc)
  return ts.getTextOfJSDocComment(doc?.comment) ?? ""
}

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
