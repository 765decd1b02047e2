import { expect } from 'vitest'
import type { Client, Fixture } from './fixture.ts'
import { idOf } from './invented-id.ts'

export type Change = { id: string; version: number; state: string; payloadHash: string; memberId: string }

export type People = Awaited<ReturnType<typeof peopleOf>>

/** A branch secretary who proposes, a worker of the general branch who reviews first, and the committee that decides. */
export async function peopleOf(f: Fixture) {
  const secretary = await f.signIn('branch_secretary', 'teachers', { name: '支部书记' })
  const worker = await f.signIn('party_worker', 'faculty', { name: '总支干事' })
  const approver = await f.signIn('committee_admin', 'committee', { name: '组织部' })
  const facts = (more: object = {}) => ({
    name: '王小明',
    idNumber: idOf('11010119900307123'),
    category: 'formal',
    phone: '13800001234',
    joinedOn: '2012-06-01',
    convertedOn: '2013-06-01',
    ...more,
  })
  const hashOf = async (client: Client, id: string) =>
    (await client.send<Change>('GET', `/member-changes/${id}`)).body.payloadHash
  const approved = async (id: string, decisions?: object[]): Promise<string> => {
    const payloadHash = await hashOf(worker, id)
    const first = await worker.send('POST', `/member-changes/${id}/first-review`, { verdict: 'pass', payloadHash })
    expect(first).toMatchObject({ status: 200, body: { state: 'second_review' } })
    const done = await approver.send<Change>('POST', `/member-changes/${id}/second-review`, {
      verdict: 'pass',
      payloadHash,
      ...(decisions ? { decisions } : {}),
    })
    expect(done).toMatchObject({ status: 200, body: { state: 'approved' } })
    return done.body.memberId
  }
  /** Proposes, passes the first review, approves; gives the member's id. */
  const registered = async (more: object): Promise<string> => {
    const made = await secretary.send<Change>('POST', '/member-changes', {
      kind: 'new_record',
      orgId: f.orgs.teachers.id,
      facts: facts(more),
    })
    expect(made).toMatchObject({ status: 200, body: { state: 'first_review' } })
    return approved(made.body.id)
  }
  return { secretary, worker, approver, facts, hashOf, approved, registered }
}
