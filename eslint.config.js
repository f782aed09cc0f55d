import js from "@eslint/js"
import reactHooks from "eslint-plugin-react-hooks"
import globals from "globals"
import typescript from "typescript-eslint"

/** What a folder must not import, with the reason; code flows one way. */
const boundary = (files, regex, message) => ({
  files,
  rules: { "no-restricted-imports": ["error", { patterns: [{ regex, message }] }] },
})

export default typescript.config(
  { ignores: ["**/dist/", "server/src/generated/", ".runs/", ".local/", "ci/sdk/"] },
  js.configs.recommended,
  { files: ["**/*.{js,mjs}"], languageOptions: { globals: globals.node } },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [...typescript.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "max-params": ["error", 3],
    },
  },
  { files: ["client/**/*.{ts,tsx}"], extends: [reactHooks.configs.flat.recommended] },
  { files: ["client/public/*.js"], languageOptions: { globals: globals.browser } },
  boundary(
    ["ci/pipeline/**"],
    "^(?!\\./)",
    "ci/pipeline is data: it imports nothing from outside its folder.",
  ),
  // A flag of Dagger's command line is a parameter.
  { files: ["ci/src/index.ts"], rules: { "max-params": "off" } },
  boundary(
    ["ci/src/**"],
    "^(?!\\./|\\.\\./pipeline/|\\.\\./retry\\.js|\\.\\./registry/address\\.js|@dagger\\.io/)",
    "The Dagger module is uploaded with little else, and installs nothing: no more than these may be imported.",
  ),
  ...["environment", "migrations|targets", "data", "deploy"].map((folders, index, all) =>
    boundary(
      folders.split("|").map((folder) => `ci/${folder}/**`),
      `\\.\\./(${["bench", "test", "trial", ...all.slice(index + 1)].join("|")})/`,
      "A deploy is built upwards: environment, then migrations and targets, then data, then deploy.",
    ),
  ),
  boundary(["server/**", "client/**"], "(^|/)ci/", "The platform does not know its pipeline."),
  boundary(["client/**"], "(^|/)server/", "The client talks to the server over HTTP only."),
)
