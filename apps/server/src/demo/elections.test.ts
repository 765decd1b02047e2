import type { RoleName } from '@tongxin/contract'
import { expect, it } from 'vitest'
import { type Client, NOW, type OrgKey, openFixture } from '../test/fixture.ts'
import { plantMember } from '../test/org-people.ts'
import type { Desk } from './desk.ts'
import { holdElections } from './elections.ts'
import type { Stage } from './staffing.ts'
import { virtualClock } from './virtual-time.ts'

const DAY = 86_400_000

it('holds one election to its end and leaves another where members propose', async () => {
  const f = await openFixture()
  const clock = virtualClock(NOW)
  f.setNow(new Date(NOW.getTime() - 400 * DAY))
  const deskOf = (client: Client): Desk => {
    return async (method, path, body) => {
      f.setNow(clock())
      const answer = await client.send(method, path, body)
      if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
      return answer.body as never
    }
  }
  const posts = new Map<string, Desk>()
  const members = new Map<string, Desk>()
  const branches = []
  for (const org of ['teachers', 'nurses'] as const satisfies readonly OrgKey[]) {
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
  const above = await f.signIn('committee_admin', 'committee', { secondFactorAt: NOW })
  posts.set(`committee_admin/${f.orgs.committee.id}`, deskOf(above))
  // As in the making: sessions that outlive the days that are lived through.
  const session = { last_seen_at: NOW, expires_at: new Date(NOW.getTime() + DAY) }
  await f.admin.updateTable('access_session').set(session).where('tenant_id', '=', f.tenantId).execute()
  const desks = {
    ofMember: (id: string) => members.get(id) ?? null,
    ofPost: (role: RoleName, orgId: string) => posts.get(`${role}/${orgId}`) as Desk,
  }
  const stage = { now: NOW, rootId: f.orgs.committee.id, desks } as unknown as Stage
  await holdElections(stage, { branches, faces: [] })
  const desk = desks.ofPost('committee_admin', f.orgs.committee.id)
  const { rows } = await desk<{ rows: { orgName: string; state: string }[] }>('GET', '/elections?sort=plannedOn')
  expect(rows).toMatchObject([
    { orgName: f.orgs.nurses.name, state: 'done' },
    { orgName: f.orgs.teachers.name, state: 'nominating' },
  ])
  const { term } = await desk<{ term: { ordinal: number } }>('GET', `/orgs/${f.orgs.nurses.id}/leadership`)
  expect(term).toMatchObject({ ordinal: 5 })
}, 120_000)
