import type { RoleName } from '@tongxin/contract'
import { expect, it } from 'vitest'
import { type Client, type Fixture, NOW, type OrgKey, openFixture } from '../test/fixture.ts'
import { plantMember } from '../test/org-people.ts'
import type { Desk } from './desk.ts'
import { holdElections } from './elections.ts'
import type { Stage } from './staffing.ts'
import { virtualClock } from './virtual-time.ts'

const DAY = 86_400_000

/** A branch that stands directly under the committee, as seats of a congress are allotted to; in the place of the students'. */
async function plantOffice(f: Fixture): Promise<void> {
  const maker = await f.signIn('committee_admin', 'committee', { secondFactorAt: NOW })
  const plan = { parentId: f.orgs.committee.id, kind: 'branch', name: '机关党支部', effectiveOn: '2020-01-06' }
  const letter = { documentNumber: '江委〔2020〕1号', approvedBy: f.orgs.committee.name }
  const { body } = await maker.send<{ id: string }>('POST', '/orgs', { ...plan, ...letter })
  const found = f.admin.selectFrom('org_path').select('path').where('id', '=', body.id)
  const { path } = await found.executeTakeFirstOrThrow()
  Object.assign(f.orgs, { students: { id: body.id, path, name: plan.name } })
}

it('holds one election to its end, leaves another where members propose, and a congress whose delegates are elected', async () => {
  const f = await openFixture()
  await plantOffice(f)
  const clock = virtualClock(NOW)
  f.setNow(new Date(NOW.getTime() - 400 * DAY))
  const deskOf = (client: Client): Desk => {
    const send: Desk = async (method, path, body) => {
      f.setNow(clock())
      const answer = await client.send(method, path, body)
      if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
      return answer.body as never
    }
    return Object.assign(send, { cookie: client.personId })
  }
  const posts = new Map<string, Desk>()
  const members = new Map<string, Desk>()
  const branches = []
  for (const org of ['teachers', 'students', 'nurses'] as const satisfies readonly OrgKey[]) {
    const people = []
    for (let n = 0; n < 30; n += 1) {
      const name = `${'王李张陈杨赵周吴徐孙胡朱高林'[n % 14]}一${'鸣舟帆'[Math.floor(n / 14)]}`
      const { id, client } = await plantMember(f, org, name)
      members.set(id, deskOf(client))
      people.push({ memberId: id, name, category: 'formal' })
    }
    branches.push({ id: f.orgs[org].id, name: f.orgs[org].name, people })
    for (const role of ['branch_secretary', 'branch_officer'] as const satisfies readonly RoleName[])
      posts.set(`${role}/${f.orgs[org].id}`, deskOf(await f.signIn(role, org, { secondFactorAt: NOW })))
  }
  const [above, deputy] = [
    deskOf(await f.signIn('committee_admin', 'committee', { secondFactorAt: NOW })),
    deskOf(await f.signIn('committee_admin', 'committee', { name: '副部长', secondFactorAt: NOW })),
  ]
  // As in the making: sessions that outlive the days that are lived through.
  const session = { last_seen_at: NOW, expires_at: new Date(NOW.getTime() + DAY) }
  await f.admin.updateTable('access_session').set(session).where('tenant_id', '=', f.tenantId).execute()
  const desks = {
    ofMember: (id: string) => members.get(id) ?? null,
    ofPost: (role: RoleName, orgId: string) => posts.get(`${role}/${orgId}`) ?? above,
    allOfPost: () => [deputy, above],
  }
  const stage = { now: NOW, rootId: f.orgs.committee.id, desks } as unknown as Stage
  await holdElections(stage, { branches, faces: [] })
  const desk = desks.ofPost('committee_admin', f.orgs.committee.id)
  const { rows } = await desk<{ rows: { id: string; orgName: string; state: string }[] }>(
    'GET',
    '/elections?sort=plannedOn',
  )
  expect(rows.map(({ orgName, state }) => `${orgName} ${state}`).sort()).toEqual(
    [
      `${f.orgs.nurses.name} done`,
      `${f.orgs.students.name} done`,
      `${f.orgs.teachers.name} nominating`,
      `${f.orgs.committee.name} nominating`,
    ].sort(),
  )
  const finished = rows.find(({ orgName }) => orgName === f.orgs.nurses.name)
  expect(await desk('GET', `/elections/${finished?.id}/handovers`)).toMatchObject({
    rows: [{ state: 'open', giver: { confirmedAt: expect.any(String) }, receiver: { confirmedAt: null } }],
  })
  const congress = rows.find(({ orgName }) => orgName === f.orgs.committee.name)
  const { units, people, confirmed } = await desk<{
    units: { orgName: string; seats: number; elected: number }[]
    people: object[]
    confirmed: number
  }>('GET', `/elections/${congress?.id}/congress`)
  const ofStudents = units.find(({ orgName }) => orgName === f.orgs.students.name)
  expect(units.reduce((sum, { seats }) => sum + seats, 0)).toBe(22)
  expect([people.length, confirmed]).toEqual([ofStudents?.seats, ofStudents?.elected])
  const { term } = await desk<{ term: { ordinal: number } }>('GET', `/orgs/${f.orgs.nurses.id}/leadership`)
  expect(term).toMatchObject({ ordinal: 5 })
}, 120_000)
