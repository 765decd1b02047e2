import type { MergePlan } from '@tongxin/contract'
import type { Fixture } from './fixture.ts'
import { idOf } from './invented-id.ts'
import { peopleOf } from './member-records.ts'

type Two = { keptId: string; goneId: string }
type RecordSeen = { fields: Record<string, string | null>; entries: { id: string }[]; deletedAt: string | null }

export const UNKNOWN_ID = '00000000-0000-7000-8000-000000000009'
export type MergeCases = Awaited<ReturnType<typeof mergeCasesOf>>

/** Two records of one person, and what may be done with them: plan, merge, undo, look. */
export async function mergeCasesOf(f: Fixture) {
  const people = await peopleOf(f)
  const { approver } = people
  let running = 0
  /** Two records of one person: the same name and day of birth, the second with a mistyped ID number. */
  const twins = async (name: string, kept: object = {}, gone: object = {}): Promise<Two> => {
    running += 1
    const idNumber = (order: number) => idOf(`11010119880303${order + running}`)
    const keptId = await people.registered({ name, idNumber: idNumber(100), phone: null, ...kept })
    const goneId = await people.registered({ name, idNumber: idNumber(500), phone: null, ...gone })
    return { keptId, goneId }
  }
  const planOf = async (of: Two) => (await approver.send<MergePlan>('POST', '/member-merges/plan', of)).body
  const merged = async (of: Two, more: object = {}) => {
    const { keptVersion, goneVersion } = await planOf(of)
    return approver.send<{ id: string; version: number; code: string }>('POST', '/member-merges', {
      ...of,
      keptVersion,
      goneVersion,
      reason: '同一人重复建档',
      idChecked: true,
      ...more,
    })
  }
  const undo = (id: string, by = approver) => by.send('POST', `/member-merges/${id}/undo`, { reason: '核实为两人' })
  const recordOf = async (id: string) => (await approver.send<RecordSeen>('GET', `/members/${id}`)).body
  return { people, approver, twins, planOf, merged, undo, recordOf }
}
