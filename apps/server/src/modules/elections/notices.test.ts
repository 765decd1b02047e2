import { beforeAll, expect, it } from 'vitest'
import type { Client } from '../../test/fixture.ts'
import { approved, candidatesBody, type Desk, openDesk } from './elections.fixture.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})

it('each level hears of what it is asked, and members of what they may do', async () => {
  const { f, members, secretary, above, act, done } = desk
  const told = async (client: Client, id: string) => {
    await f.deliver()
    const { body } = await client.send<{ rows: { kind: string; path: string }[] }>('GET', '/my/notices')
    return body.rows.filter(({ path }) => path === `/elections/${id}`).map(({ kind }) => kind)
  }
  const id = await approved(desk)
  expect(await told(above, id)).toEqual(['election_asked'])
  expect(await told(secretary, id)).toEqual(['election_approved'])
  expect(await told(members[0]?.client as Client, id)).toEqual(['election_nominate'])
  await done(secretary, id, 'candidates', candidatesBody(members))
  expect((await act(above, id, 'return', { reason: '候选人的介绍太短。' })).status).toBe(200)
  expect(await told(above, id)).toEqual(['election_asked', 'election_asked'])
  expect((await told(secretary, id)).sort()).toEqual(['election_approved', 'election_returned'])
  const nurse = await f.signIn('branch_secretary', 'nurses')
  expect(await told(nurse, id), 'another branch hears nothing').toEqual([])
})
