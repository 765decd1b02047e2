import type { StudyRemark, StudyRound, StudyTaskCard, StudyTaskRow, StudyWorkCard } from '@tongxin/contract'
import type { Remark } from '../queries/remarks.queries.ts'
import type { Counted, Task } from '../queries/tasks.queries.ts'
import type { Round, Work } from '../queries/works.queries.ts'

export function taskCard({ unitId, unitName, createdAt, orgPath: _, remindedOn: __, ...task }: Task): StudyTaskCard {
  return { ...task, orgId: unitId, orgName: unitName, createdAt: createdAt.toISOString() }
}
export const taskRow = (task: Counted): StudyTaskRow => ({
  ...taskCard(task),
  handedIn: task.handedIn,
  waiting: task.waiting,
})

export const workCard = (work: Work): StudyWorkCard => ({
  id: work.id,
  kind: work.kind,
  taskId: work.taskId,
  title: work.title,
  writer: work.writer,
  orgName: work.unitName,
  words: work.words,
  round: work.round,
  state: work.state,
  grade: work.grade,
  isLate: work.isLate,
  wantsShow: work.wantsShow,
  isShown: work.shownAt !== null,
  handedInAt: work.handedInAt.toISOString(),
})

export const roundShown = ({ handedInAt, markedAt, ...round }: Round): StudyRound => ({
  ...round,
  handedInAt: handedInAt.toISOString(),
  markedAt: markedAt?.toISOString() ?? null,
})

export const remarkShown = ({ id, writer, body, at, personId }: Remark, readerId: string): StudyRemark => ({
  id,
  writer,
  body,
  isMine: personId === readerId,
  at: at.toISOString(),
})

type Subject = { readonly kind: string; readonly id: string; readonly orgPath: string; readonly personId?: string }
export const taskSubject = ({ id, orgPath }: Pick<Task, 'id' | 'orgPath'>): Subject => ({
  kind: 'study_task',
  id,
  orgPath,
})
export const workSubject = ({ id, orgPath, personId }: Pick<Work, 'id' | 'orgPath' | 'personId'>): Subject => ({
  kind: 'study_work',
  id,
  orgPath,
  personId,
})
