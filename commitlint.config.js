export default {
  extends: ["@commitlint/config-conventional"],
  rules: {
    "header-max-length": [2, "always", 72],
    // The body says why, in sentences; links and measurements don't fold.
    "body-max-line-length": [0],
    "footer-max-line-length": [0],
  },
}
