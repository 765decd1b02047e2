/**
 * The protocol of the secret ballot (grade V2), for browser and server alike: no input and output, no clock, randomness
 * as an argument. Every byte that leaves these functions is described in docs/ballot-format.md.
 */
export * from './blind-rsa.ts'
export * from './bundle.ts'
export * from './bytes.ts'
export * from './canonical.ts'
export * from './cast.ts'
export * from './checkpoint.ts'
export * from './choice.ts'
export * from './config.ts'
export * from './config-leaf.ts'
export * from './receipt.ts'
export * from './recovery-code.ts'
export * from './roll.ts'
export * from './tally.ts'
export * from './token.ts'
export * from './token-key.ts'
export * from './tree.ts'
export * from './trustees.ts'
export { WORDS } from './words.ts'
