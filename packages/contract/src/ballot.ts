import { defineRefusals } from './refusal.ts'

/** Refusals of the command that verifies the public bundle of a secret vote. */
export const ballotRefusals = defineRefusals('ballot', { unreadable: 'missing' })
