import { defineRefusals } from './refusal.ts'

/** Refusals of the commands that run and explain the statutes. */
export const rulesRefusals = defineRefusals('rules', {
  file_unreadable: 'missing',
  file_not_json: 'malformed',
  file_wrong_shape: 'malformed',
  unknown_rule: 'missing',
})
