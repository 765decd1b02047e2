import type { BoxCount, ElectionRecord } from '@tongxin/contract'
import { expect } from 'vitest'
import { type Client, type Fixture, type OrgKey, openFixture } from '../../test/fixture.ts'
import { plantMember } from '../../test/org-people.ts'

export type Member = { id: string; client: Client; name: string }
export type Desk = Awaited<ReturnType<typeof openDesk>>
type Done = { id: string; state: string; version: number; entries?: number }

/** Names whose order of strokes is the order of the list. */
const NAMES = ['丁一鸣', '王海', '王建国', '李明', '张小英', '陈思', '赵立新', '魏东来'] as const

/** A branch with eight full members, two people at its desk and the level above. */
export async function openDesk(org: OrgKey = 'teachers') {
  const f: Fixture = await openFixture()
  const members: Member[] = []
  for (const name of NAMES) members.push({ name, ...(await plantMember(f, org, name)) })
  const secretary = await f.signIn('branch_secretary', org, { name: '支部书记' })
  const officer = await f.signIn('branch_officer', org, { name: '组织委员' })
  const above = await f.signIn('committee_admin', 'committee', { name: '组织部' })
  const orgId = f.orgs[org].id
  const plan = (more: object = {}) => ({
    orgId,
    kind: 'term',
    plannedOn: '2026-11-20',
    seats: 5,
    deputies: 1,
    electsSecretary: true,
    ordinal: 3,
    reason: '本届支部委员会任期将满。',
    ...more,
  })
  const act = (client: Client, id: string, name: string, body: object = {}) =>
    client.send<Done & { code?: string }>('POST', `/elections/${id}/${name}`, body)
  const done = async (client: Client, id: string, name: string, body: object = {}) => {
    const answer = await act(client, id, name, body)
    expect(answer, name).toMatchObject({ status: 200 })
    return answer.body
  }
  const seen = async (id: string, client = secretary) =>
    (await client.send<ElectionRecord>('GET', `/elections/${id}`)).body
  const made = async (more: object = {}) => {
    const answer = await secretary.send<Done>('POST', '/elections', plan(more))
    expect(answer).toMatchObject({ status: 200, body: { state: 'draft' } })
    return answer.body.id
  }
  const letter = { documentNumber: '江委组〔2026〕12号', on: '2026-10-25' }
  return { f, members, secretary, officer, above, orgId, plan, act, done, seen, made, letter }
}

/** Five working days that are over, entered afterwards. */
export const PUBLICITY = {
  from: '2026-10-26',
  until: '2026-10-30',
  place: '支部公告栏',
  lateReason: '纸质公示已张贴，按照片补录',
}

/** Up to the state `nominating`. */
export async function approved(desk: Desk, more: object = {}): Promise<string> {
  const id = await desk.made(more)
  await desk.done(desk.secretary, id, 'request', { documentNumber: '教工支〔2026〕3号' })
  await desk.done(desk.above, id, 'approve', desk.letter)
  return id
}

export const candidatesBody = (members: readonly Member[], count = 6) => ({
  documentNumber: '教工支〔2026〕4号',
  committee: members.slice(0, count).map(({ id }) => id),
  secretary: members[0]?.id ?? null,
  deputies: [members[1]?.id ?? ''],
})

/** Up to the state `preparing`, with everything that the meeting needs but the people in the hall. */
export async function prepared(desk: Desk): Promise<string> {
  const { done, secretary, above, members, letter } = desk
  const id = await approved(desk)
  await done(secretary, id, 'candidates', candidatesBody(members))
  await done(above, id, 'candidates/approve', letter)
  await done(secretary, id, 'publicity', PUBLICITY)
  await done(secretary, id, 'publicity/close', { outcome: '公示期间未收到异议。' })
  await done(secretary, id, 'method', { on: '2026-11-02', present: 8, inFavour: 8 })
  await done(secretary, id, 'tellers', { supervisors: [members[6]?.id], counters: [members[7]?.id] })
  await done(secretary, id, 'roll')
  return id
}

/** Up to an open first round with everybody present. */
export async function inHall(desk: Desk): Promise<string> {
  const id = await prepared(desk)
  await desk.done(desk.secretary, id, 'roll/present', { memberIds: desk.members.map((one) => one.id) })
  await desk.done(desk.secretary, id, 'rounds', { body: 'committee', channel: 'paper', writeIn: true })
  return id
}

/** A count of `valid` ballots, all else against; `votes` in favour by member. */
export function boxOf(
  round: ElectionRecord['rounds'][number],
  votes: Readonly<Record<string, number>>,
  valid = 8,
): BoxCount {
  return {
    issued: valid,
    returned: valid,
    invalid: 0,
    tallies: round.candidates.map(({ memberId }) => {
      const inFavour = votes[memberId] ?? 0
      return { memberId, for: inFavour, against: valid - inFavour, abstain: 0 }
    }),
    writtenIn: [],
  }
}

/** Both entries of a count. */
export async function counted(desk: Desk, id: string, count: (round: ElectionRecord['rounds'][number]) => BoxCount) {
  const round = (await desk.seen(id)).rounds.at(-1)
  if (!round) throw new Error('no round')
  const path = `rounds/${round.id}/count`
  expect(await desk.done(desk.secretary, id, path, count(round))).toMatchObject({ entries: 1 })
  expect(await desk.done(desk.officer, id, path, count(round))).toMatchObject({ entries: 2 })
  return desk.seen(id)
}
