/** A part of an image, as CycloneDX names it. */
export interface Component {
  readonly name: string
  readonly version: string
  /** Package URL, which tells it from all others: https://github.com/package-url/purl-spec */
  readonly purl: string
  readonly hashes?: readonly { readonly alg: "SHA-512"; readonly content: string }[]
}
