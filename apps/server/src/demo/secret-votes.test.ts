import { verifyFiles } from '@tongxin/ballot-verifier'
import { BOARD_FILES, type MyVote, type VoteRow } from '@tongxin/contract'
import { expect, it } from 'vitest'
import { type Client, NOW, openFixture } from '../test/fixture.ts'
import { plantMember } from '../test/org-people.ts'
import { CAST_ORIGIN } from '../test/vote-cases.ts'
import type { Desk } from './desk.ts'
import { holdSecretVotes } from './secret-votes.ts'
import type { Plan, Stage } from './staffing.ts'

it('holds a vote whose bundle a stranger can verify, and leaves another one open for drawing', async () => {
  const f = await openFixture({ CAST_ORIGIN })
  const deskOf = (client: Client): Desk => {
    return async (method, path, body, _, once) => {
      const answer = await client.send(method, path, body, once ? { 'idempotency-key': once } : {})
      if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
      return answer.body as never
    }
  }
  const people = []
  const members = new Map<string, Desk>()
  for (let n = 0; n < 18; n += 1) {
    const { id, client } = await plantMember(f, 'teachers', `党员${n}`)
    members.set(id, deskOf(client))
    people.push({ memberId: id, name: `党员${n}`, category: 'formal' })
  }
  const { teachers } = f.orgs
  const secretary = await f.signIn('branch_secretary', 'teachers')
  const desks = { ofMember: (id: string) => members.get(id) ?? null, ofPost: () => deskOf(secretary) }
  const stage = { app: f.app, now: NOW, desks } as unknown as Stage
  await holdSecretVotes(stage, { branches: [{ id: teachers.id, name: teachers.name, people }] } as unknown as Plan)

  const { rows } = (await secretary.send<{ rows: VoteRow[] }>('GET', '/votes?sort=title')).body
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['published', 'drawing']))
  const [held, open] = ['published', 'drawing'].map((state) => rows.find((row) => row.state === state)?.id)
  const files = new Map<string, Buffer>()
  for (const file of BOARD_FILES)
    files.set(file, Buffer.from((await secretary.send<string>('GET', `/votes/${held}/board/${file}`)).body))
  expect(verifyFiles(files)).toMatchObject({ valid: true, questions: [{ issued: 8, returned: 7 }] })
  const first = members.get(people[0]?.memberId ?? '') as Desk
  expect(await first<MyVote>('GET', `/my/votes/${open}`)).toMatchObject({ todo: 'draw', drawn: 2 })
}, 60_000)
