/** The first page of what is kept: figures by name, and who signs for it. */
export type Cover = {
  readonly organisation: string
  readonly title: string
  readonly facts: readonly (readonly [string, string])[]
  readonly signers: readonly string[]
}
