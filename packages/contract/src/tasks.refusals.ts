import { defineRefusals } from './refusal.ts'

export const tasksRefusals = defineRefusals('tasks', {
  not_found: 'missing',
  no_such_org: 'invalid',
  no_such_member: 'invalid',
  no_superior: 'invalid',
  no_targets: 'invalid',
  too_many: 'invalid',
  dates_wrong: 'invalid',
  due_beyond: 'invalid',
  not_yours: 'forbidden',
  own_work: 'forbidden',
  own_request: 'forbidden',
  not_possible: 'conflict',
  evidence_missing: 'invalid',
  parts_open: 'conflict',
  nothing_asked: 'conflict',
  already_asked: 'conflict',
  reminded_today: 'conflict',
  too_many_rows: 'invalid',
})
