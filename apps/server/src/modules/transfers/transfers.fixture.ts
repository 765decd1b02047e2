import type { TransferAct } from '@tongxin/contract'
import { expect } from 'vitest'
import type { Answer, Client, Fixture } from '../../test/fixture.ts'
import { type Member, plantMember } from '../../test/meeting-cases.ts'

/** Whom a transfer is about. */
type Named = Pick<Member, 'id' | 'personId'>
export type Done = { id: string; state: string; version: number }
export type Seen = {
  id: string
  state: string
  version: number
  side: string
  number: string | null
  validUntil: string | null
  daysLeft: number | null
  lamp: string | null
  needsDepartment: boolean
  reason: string
  renewedById: string | null
  strandedOn: string | null
  steps: { act: string; note: string | null }[]
  acts: { act: string; whyNot: string | null }[]
}
export type Code = { code: string; fields?: { field: string; code: string }[] }

const DECISIONS = new Set(['approve', 'approve_department', 'send_back', 'revoke', 'renew', 'settle'])

/** Does an act on the version that the actor sees now. */
export async function act<T = Done>(
  client: Client,
  id: string,
  name: TransferAct,
  told: object = {},
): Promise<Answer<T>> {
  const { body } = await client.send<Seen>('GET', `/transfers/${id}`)
  const path = `/transfers/${id}/${DECISIONS.has(name) ? 'decisions' : 'steps'}`
  return client.send<T>('POST', path, { act: name, ...told }, { 'if-match': `"${body.version ?? 1}"` })
}

export const seen = async (client: Client, id: string): Promise<Seen> => {
  const { status, body } = await client.send<Seen>('GET', `/transfers/${id}`)
  expect(status).toBe(200)
  return body
}

export type People = Awaited<ReturnType<typeof peopleOf>>

/** Two branches below two general branches of one committee, with who acts for each. */
export async function peopleOf(f: Fixture) {
  const sender = await f.signIn('branch_secretary', 'teachers', { name: '教工书记' })
  const officer = await f.signIn('branch_officer', 'teachers', { name: '教工组织委员' })
  const receiver = await f.signIn('branch_secretary', 'nurses', { name: '护理书记' })
  const sibling = await f.signIn('branch_secretary', 'students', { name: '学生书记' })
  const approver = await f.signIn('committee_admin', 'committee', { name: '组织部' })
  const second = await f.signIn('committee_admin', 'committee', { name: '组织部副部长' })
  const worker = await f.signIn('party_worker', 'committee', { name: '组织干事' })
  const body = (member: Named, more: object = {}) => ({
    memberId: member.id,
    toOrgId: f.orgs.nurses.id,
    reason: '工作调动',
    duesPaidUntil: '2026-10',
    ...more,
  })
  const drafted = async (member: Named, more: object = {}): Promise<string> => {
    const made = await sender.send<Done>('POST', '/transfers', body(member, more))
    expect(made, JSON.stringify(made.body)).toMatchObject({ status: 200, body: { state: 'draft', version: 1 } })
    return made.body.id
  }
  const ok = async (answer: Promise<Answer<Done>>, state: string) => {
    const done = await answer
    expect(done, JSON.stringify(done.body)).toMatchObject({ status: 200, body: { state } })
  }
  const approved = async (id: string): Promise<string> => {
    await ok(act(officer, id, 'agree'), 'branch_agreed')
    await ok(act(approver, id, 'approve'), 'committee_approved')
    return id
  }
  /** Drafted, agreed, approved, and the letter out. */
  const issued = async (member: Named, more: object = {}): Promise<string> => {
    const id = await approved(await drafted(member, more))
    await ok(act(worker, id, 'issue'), 'awaiting')
    return id
  }
  const plant = (name: string, more: Parameters<typeof plantMember>[3] = {}) => plantMember(f, 'teachers', name, more)
  return { sender, officer, receiver, sibling, approver, second, worker, body, drafted, approved, issued, ok, plant }
}

type Row = { id: string; name: string; state: string; side: string }
/** One page of the list of transfers. */
export const listed = async (client: Client, query: string) =>
  (await client.send<{ rows: Row[]; next: string | null }>('GET', `/transfers?${query}`)).body
