import type { IssuedTaskRow, TaskCounts, TaskPartRow, TaskStep, TaskText } from '@tongxin/contract'
import { isPartLate } from '@tongxin/domain/tasks/parts'
import type { Subject } from '../../../platform/events.ts'
import type { Part } from '../queries/parts.queries.ts'
import type { Step } from '../queries/steps.queries.ts'
import type { Task } from '../queries/tasks.queries.ts'

const openIn = ({ unsigned, doing, handedIn, returned }: TaskCounts): number => unsigned + doing + handedIn + returned

export const taskRow = (task: Task, counts: TaskCounts): IssuedTaskRow => ({
  id: task.id,
  title: task.title,
  basis: task.basis,
  documentNumber: task.documentNumber,
  orgId: task.unitId,
  orgName: task.unitName,
  dueOn: task.dueOn,
  state: task.state === 'withdrawn' ? 'withdrawn' : openIn(counts) > 0 ? 'open' : 'finished',
  isPassedOn: task.parentPartId !== null,
  madeBy: task.madeBy,
  createdAt: task.createdAt.toISOString(),
  counts,
})

export const taskText = (task: Task): TaskText => ({
  title: task.title,
  basis: task.basis,
  documentNumber: task.documentNumber,
  body: task.body,
  standard: task.standard,
  evidence: task.evidence,
  additions: task.additions,
  orgName: task.unitName,
  madeBy: task.madeBy,
  issuedAt: task.createdAt.toISOString(),
})

export const partRow = (part: Part, today: string): TaskPartRow => ({
  id: part.id,
  taskId: part.taskId,
  title: part.title,
  basis: part.basis,
  documentNumber: part.documentNumber,
  issuerName: part.issuerName,
  orgId: part.unitId,
  orgName: part.unitName,
  personName: part.personName,
  role: part.role,
  state: part.state,
  dueOn: part.dueOn,
  isLate: isPartLate(part.state, part.dueOn, today),
  round: part.round,
  since: part.since.toISOString(),
  askedDueOn: part.askedDueOn,
  remindedOn: part.remindedOn,
  passedOn: part.passedOn,
})

export const stepShown = ({ at, ...step }: Step): TaskStep => ({ ...step, at: at.toISOString() })

export const taskSubject = ({ id, orgPath }: Pick<Task, 'id' | 'orgPath'>): Subject => ({
  kind: 'tasks_task',
  id,
  orgPath,
})
export const partSubject = ({ id, orgPath, personId }: Pick<Part, 'id' | 'orgPath' | 'personId'>): Subject => ({
  kind: 'tasks_part',
  id,
  orgPath,
  personId,
})
