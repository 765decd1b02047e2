/**
 * Verifies the public bundle of a secret vote with the standard library alone, so that no fault of the server's code is
 * a fault of its judge. docs/ballot-format.md says everything that this needs to know.
 */

export { REASONS, type Reason } from './reading.ts'
export { type Fault, Unreadable, type Valid, verifyBundle, verifyFiles } from './verify.ts'
