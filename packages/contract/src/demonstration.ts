import { defineRefusals } from './refusal.ts'

export const demonstrationRefusals = defineRefusals('demonstration', {
  there_already: 'conflict',
  not_there: 'missing',
})
