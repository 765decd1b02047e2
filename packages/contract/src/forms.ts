import { defineRefusals } from './refusal.ts'

export const formsRefusals = defineRefusals('forms', {
  too_long: 'invalid',
})
