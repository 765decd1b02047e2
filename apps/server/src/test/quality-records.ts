import type { FindingRow, MemberError, ScoreRow } from '@tongxin/contract'
import { expect } from 'vitest'
import { lookAgain } from '../modules/members/members.quality.jobs.ts'
import { type Client, type Fixture, NOW } from './fixture.ts'
import { idOf } from './invented-id.ts'
import type { Change, People } from './member-records.ts'

type Scores = { rows: ScoreRow[]; whole: Omit<ScoreRow, 'orgId' | 'orgName' | 'countedOn'> | null }
export const UNKNOWN = '00000000-0000-7000-8000-000000000009'
export type Quality = ReturnType<typeof qualityOf>

/** Records with faults, what is found in them and what is said of it, by the people of the fixture. */
export function qualityOf(f: Fixture, people: People) {
  const { approver, secretary, worker } = people
  let running = 0
  return {
    /** A record without a telephone, born in 1977, unless told otherwise. */
    one: async (name: string, more: object = {}): Promise<string> => {
      running += 1
      return people.registered({ name, idNumber: idOf(`11010119770303${100 + running}`), phone: null, ...more })
    },
    corrected: async (memberId: string, facts: object): Promise<void> => {
      const made = await secretary.send<Change>('POST', '/member-changes', { kind: 'correction', memberId, facts })
      expect(made.status).toBe(200)
      await people.approved(made.body.id)
    },
    findings: async (query = '', by = approver) =>
      (await by.send<{ rows: FindingRow[] }>('GET', `/member-findings?${query}`)).body.rows,
    scores: async (query = '', by = approver) => (await by.send<Scores>('GET', `/member-scores?${query}`)).body,
    explain: (id: string, by = worker) => by.send('POST', `/member-findings/${id}/explain`, { reason: '已核对本人' }),
    report: (memberId: string, more: object = {}, by = secretary) =>
      by.send<{ id: string; code: string; fields: object[] }>('POST', '/member-errors', {
        memberId,
        field: 'workplace',
        rightValue: '江湾大学',
        foundHow: 'reading',
        effect: 'statistics',
        note: '与劳动合同不符',
        ...more,
      }),
    errorOf: async (id: string, by = approver) => (await by.send<MemberError>('GET', `/member-errors/${id}`)).body,
    /** Events delivered, and what they noted looked through, as the minute's job does. */
    settled: async (): Promise<void> => {
      await f.deliver()
      await lookAgain(f.platform, NOW)
    },
    kindsOf: async (client: Client) =>
      (await client.send<{ rows: { kind: string }[] }>('GET', '/my/notices')).body.rows.map(({ kind }) => kind),
  }
}
