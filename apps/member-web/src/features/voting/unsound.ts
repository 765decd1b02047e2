/** Something that the server or the box gave does not hold: the device found out, and nothing goes on. */
export type UnsoundKey = 'plan' | 'signatures' | 'names' | 'paper' | 'acceptance' | 'board'
export class UnsoundError extends Error {
  readonly key: UnsoundKey
  constructor(key: UnsoundKey) {
    super(`unsound: ${key}`)
    this.name = 'UnsoundError'
    this.key = key
  }
}
