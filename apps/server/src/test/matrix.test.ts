import { type Endpoint, type Permission, ROLE_NAMES, ROLES, type RoleName } from '@tongxin/contract'
import type { PoolClient } from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import { mounted } from '../platform/http.ts'
import { type Answer, type Client, type Fixture, type OrgKey, openFixture } from './fixture.ts'
import { fingerprint, plantSubjects, requestOf, type Subjects } from './matrix-subjects.ts'

/** Where somebody stands to a thing of the branch `teachers`. */
const RELATIONS = {
  'same branch': 'teachers',
  'own subtree': 'faculty',
  'top of the tree': 'committee',
  sibling: 'students',
  unrelated: 'medicine',
  'unrelated branch': 'nurses',
  'unit above alone': 'faculty',
} as const satisfies Record<string, OrgKey>
type Relation = keyof typeof RELATIONS
/** A post of one unit, without what is below it. */
const REACHES_NODE: Relation = 'unit above alone'
const HOLDS: ReadonlySet<string> = new Set(['same branch', 'own subtree', 'top of the tree'])

let f: Fixture
let subjects: Subjects
let suspended: Client
const people = new Map<string, Client>()
const withoutFactor = new Map<RoleName, Client>()
/** While true every commit becomes a rollback: an allowed write is answered and leaves nothing. */
let rollsBack = false

const keyOf = (role: RoleName, relation: Relation) => `${role} @ ${relation}`
const routes = () => [...new Map(mounted.map((one) => [`${one.method} ${one.path}`, one])).values()]
const nameOf = ({ method, path }: Endpoint) => `${method} ${path}`

beforeAll(async () => {
  f = await openFixture({}, { isWatched: false })
  const patched = new WeakSet<PoolClient>()
  f.platform.pool.on('acquire', (client) => {
    if (patched.has(client)) return
    patched.add(client)
    const send = client.query.bind(client) as (...args: unknown[]) => unknown
    client.query = ((first: unknown, ...rest: unknown[]) =>
      rollsBack && first === 'commit' ? rolledBack(send('rollback')) : send(first, ...rest)) as typeof client.query
  })
  subjects = await plantSubjects(f)
  for (const role of ROLE_NAMES) {
    for (const [relation, org] of Object.entries(RELATIONS)) {
      const more = relation === REACHES_NODE && role !== 'member' ? { reach: 'node' as const } : {}
      people.set(keyOf(role, relation as Relation), await f.signIn(role, org, more))
    }
    withoutFactor.set(role, await f.signIn(role, 'committee', { secondFactorAt: null }))
  }
  suspended = await f.signIn('committee_admin', 'committee')
  await f.admin
    .updateTable('access_account')
    .set({ state: 'disabled' })
    .where('person_id', '=', suspended.personId)
    .execute()
}, 60_000)

/** The driver looks whether a commit was one. */
const rolledBack = async (done: unknown) => ({ ...((await done) as object), command: 'COMMIT' })

async function ask(client: Client, endpoint: Endpoint, isThere = true): Promise<Answer<{ code?: string }>> {
  const { path, body } = requestOf(endpoint, subjects, isThere)
  const isFile = endpoint.path === '/imports' && endpoint.method === 'POST'
  return client.send(endpoint.method, path, isFile ? Buffer.from('a') : body, {
    ...(endpoint.ifMatch ? { 'if-match': '"1"' } : {}),
    ...(endpoint.idempotent ? { 'idempotency-key': crypto.randomUUID() } : {}),
    ...(isFile ? { 'content-type': 'application/octet-stream' } : {}),
  })
}

type Verdict = 'signed out' | 'not permitted' | 'second factor' | 'admitted'
function verdictOf({ status, body }: Answer<{ code?: string }>): Verdict | string {
  if (status === 401 && body.code === 'request.signed_out') return 'signed out'
  if (status === 403 && body.code === 'request.not_permitted') return 'not permitted'
  if (status === 403 && body.code === 'request.step_up_needed') return 'second factor'
  return status === 400 || status >= 500 ? `${status} ${JSON.stringify(body)}` : 'admitted'
}

/** What permission, role and second factor alone say. */
function expectedOf(endpoint: Endpoint, role: RoleName, hasFactor: boolean): Verdict {
  const needed = endpoint.permission
  if (needed === 'public') return 'admitted'
  const { permissions, secondFactor } = ROLES[role]
  if (needed !== 'signed-in' && !(permissions as readonly Permission[]).includes(needed)) return 'not permitted'
  if (!hasFactor && ((secondFactor && needed !== 'signed-in') || endpoint.stepUp)) return 'second factor'
  return 'admitted'
}

/** Asks and says what is wrong with the cell, if anything. */
async function cell(client: Client, endpoint: Endpoint, who: string, expected: Verdict): Promise<string[]> {
  // A refusal that wrote something all the same must leave its trace.
  rollsBack = expected === 'admitted'
  const actual = verdictOf(await ask(client, endpoint))
  rollsBack = false
  return actual === expected ? [] : [`${nameOf(endpoint)} by ${who}: ${actual}, expected ${expected}`]
}

async function wrongCells(endpoint: Endpoint): Promise<string[]> {
  const wrong: string[] = []
  if (endpoint.permission !== 'public') {
    wrong.push(...(await cell(f.stranger, endpoint, 'nobody', 'signed out')))
    if (nameOf(endpoint) !== READS_CODE_FIRST)
      wrong.push(...(await cell(suspended, endpoint, 'a suspended account', 'signed out')))
  }
  for (const role of ROLE_NAMES) {
    for (const relation of Object.keys(RELATIONS) as Relation[]) {
      const client = people.get(keyOf(role, relation)) as Client
      wrong.push(...(await cell(client, endpoint, keyOf(role, relation), expectedOf(endpoint, role, true))))
    }
    const client = withoutFactor.get(role) as Client
    wrong.push(...(await cell(client, endpoint, `${role} without second factor`, expectedOf(endpoint, role, false))))
  }
  return wrong
}

const HANDFUL = 12
const SAYS_NOTHING = ''

/** A line for each cell outside the scope: what it tells of a thing that is there, or `SAYS_NOTHING`. */
async function tellingCells(endpoint: Endpoint): Promise<string[]> {
  const lines: string[] = []
  for (const role of ROLE_NAMES.filter((one) => expectedOf(endpoint, one, true) === 'admitted')) {
    for (const relation of ['sibling', 'unrelated', 'unrelated branch', REACHES_NODE] as const) {
      const client = people.get(keyOf(role, relation)) as Client
      const [there, nowhere] = [await ask(client, endpoint), await ask(client, endpoint, false)]
      const tells = there.status < 400 || bare(there) !== bare(nowhere)
      const line = `${nameOf(endpoint)} by ${keyOf(role, relation)}: ${bare(there)} but for nothing ${bare(nowhere)}`
      lines.push(tells ? line : SAYS_NOTHING)
    }
  }
  return lines
}

/** A wrong code is refused before the sessions of its group are proved; a right one of a suspended account still fails. */
const READS_CODE_FIRST = 'POST /my/meetings/:id/check-in'

/** Routes that end the session which asks, or change the posts it has: nothing to learn about the others. */
const ENDS_SESSION = new Set(['DELETE /session', 'DELETE /sessions'])

/** Routes that name a second thing, which the planted subject does not have: their own tests find it. */
const NEEDS_MORE: Readonly<Record<string, string>> = {
  'POST /courses/:id/slides/:fileId/drawing': 'slides in the course',
  'POST /exam-sessions/:id/seats': 'people by name or by unit',
  'POST /orgs/:id/posts/:postId/end': 'a post that somebody holds',
  'POST /orgs/:id/posts/:postId/report': 'a post that somebody holds',
  'POST /orgs/:id/merge/plan': 'an organisation to merge into',
  'POST /orgs/:id/merge': 'an organisation to merge into',
  'POST /notices/:id/relay': 'a notice that was written above the post',
  'POST /members/:id/reveal': 'a sensitive field that is filled in',
  'POST /imports/:id/withdraw': 'a batch of the same maker',
  'POST /development-cases/:id/steps/:stepId/decision': 'a recorded step that waits',
  'POST /development-cases/:id/publicities/:publicityId/close': 'a publicity that was posted',
  'POST /development-cases/:id/proofs': 'an uploaded file',
  'POST /meetings/:id/check-ins/:memberId/strike': 'a check-in to strike out',
  'GET /members/:id/photos/:photoId/:size': 'a photo of the record',
  'GET /member-changes/:id/photo/:size': 'a proposal about a photo',
  'POST /members/:id/dossier/papers/:paperId/remove': 'a paper of the dossier',
  'POST /members/:id/dossier/loans/:loanId/decide': 'a loan that was asked for',
  'POST /members/:id/dossier/loans/:loanId/return': 'a loan that was given',
  'POST /members/:id/dossier/loans/:loanId/extend': 'a loan that was given',
  'POST /members/:id/dossier/loans/:loanId/withdraw': 'a loan that was asked for',
  'POST /elections/:id/rounds/:roundId/count': 'an open round',
  'POST /elections/:id/rounds/:roundId/collect': 'an open round',
  'POST /meetings/:id/papers': 'an own upload to add',
  'POST /meetings/:id/study/:memberId': 'a make-up study that was handed in',
  'PUT /meetings/:id/study': 'a meeting that is over',
  'POST /meetings/:id/joint': 'another branch by its name',
  'POST /meetings/:id/agenda/:itemId/ballot': 'an item of the agenda',
  'POST /meetings/:id/current-item': 'an item of the agenda',
  'POST /meetings/:id/papers/:paperId/remove': 'a paper to take back',
  'GET /meetings/:id/photos/:photoId/:size': 'a picture to look at',
  'GET /elections/:id/handovers/:handoverId/form': 'a handover to print',
  'POST /meetings/:id/photos/:photoId/remove': 'a picture to take out',
  'POST /elections/:id/handovers/:handoverId/withdraw': 'a handover to withdraw',
}

describe('the authorization matrix', () => {
  it('has every route declare a permission that exists', () => {
    expect(routes().length).toBeGreaterThan(100)
    expect(routes().filter((one) => !one.permission)).toEqual([])
  })

  it('admits and refuses each role in each place as declared, and refusals change nothing', async () => {
    const wrong: string[] = []
    const before = await fingerprint(f)
    for (const endpoint of routes())
      if (!ENDS_SESSION.has(nameOf(endpoint))) wrong.push(...(await wrongCells(endpoint)))
    expect(wrong).toEqual([])
    expect(await fingerprint(f)).toEqual(before)
  }, 600_000)

  it('tells nobody outside the scope that a thing is there', async () => {
    const found: string[] = []
    const about = Map.groupBy(routes().filter(isAboutSubject), ({ method }) => method === 'GET')
    for (const endpoint of about.get(true) ?? []) found.push(...(await tellingCells(endpoint)))
    const before = await fingerprint(f)
    const writes = about.get(false) ?? []
    // A look at everything stored takes longer than the requests of a route: one look for a handful of routes.
    for (let at = 0; at < writes.length; at += HANDFUL) {
      const handful = writes.slice(at, at + HANDFUL)
      for (const endpoint of handful) found.push(...(await tellingCells(endpoint)))
      expect(await fingerprint(f), handful.map(nameOf).join(', ')).toEqual(before)
    }
    expect(found.filter((line) => line !== SAYS_NOTHING)).toEqual([])
    expect(found.length).toBeGreaterThan(300)
  }, 600_000)

  it('finds the thing for whoever holds it', async () => {
    const wrong: string[] = []
    rollsBack = true
    for (const endpoint of routes().filter(isAboutSubject)) {
      const finds: string[] = []
      for (const role of ROLE_NAMES.filter((one) => expectedOf(endpoint, one, true) === 'admitted')) {
        for (const relation of [...HOLDS] as Relation[]) {
          const there = await ask(people.get(keyOf(role, relation)) as Client, endpoint)
          if (there.status !== 404) finds.push(keyOf(role, relation))
          else if (
            endpoint.method === 'GET' &&
            endpoint.permission !== 'signed-in' &&
            !(nameOf(endpoint) in NEEDS_MORE)
          )
            wrong.push(`${nameOf(endpoint)} by ${keyOf(role, relation)}: ${bare(there)}`)
        }
      }
      if (finds.length === 0 && endpoint.permission !== 'signed-in' && !(nameOf(endpoint) in NEEDS_MORE))
        wrong.push(`${nameOf(endpoint)}: found by nobody`)
    }
    rollsBack = false
    expect(wrong).toEqual([])
  }, 600_000)

  it('would see a role or a route that lost its permission', async () => {
    const endpoint = routes().find((one) => nameOf(one) === 'GET /members') as Endpoint
    const opened = { ...endpoint, permission: 'audit.read' } as Endpoint
    // The route still asks for members.read: a matrix that expects another permission must not agree.
    expect((await wrongCells(opened)).length).toBeGreaterThan(0)
    const role = ROLES.branch_officer as { permissions: readonly Permission[] }
    const whole = role.permissions
    role.permissions = whole.filter((one) => one !== 'members.read')
    // People already admitted keep what their session was given until it is proved again with the role as it is now.
    const wrong = await wrongCells(endpoint)
    role.permissions = whole
    expect(wrong.some((line) => line.includes('branch_officer'))).toBe(true)
  })
})

function isAboutSubject(endpoint: Endpoint): boolean {
  const kind = endpoint.path.split('/')[1] ?? ''
  return kind in subjects.ids && /^\/[^/]+\/:(id|personId)(\/|$)/.test(endpoint.path)
}

/** Status and body without the number of the request. */
function bare({ status, body }: Answer): string {
  const { requestId: _, ...rest } = (body ?? {}) as { requestId?: string }
  return `${status} ${JSON.stringify(rest)}`
}
