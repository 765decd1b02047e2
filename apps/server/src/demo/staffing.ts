import type { RoleName } from '@tongxin/contract/roles'
import type { App } from '../app.ts'
import { inventActivations, inventOfficer, inventPost } from '../modules/access/index.ts'
import { register } from '../modules/members/index.ts'
import type { Actor, Ctx, Tx } from '../platform/ctx.ts'
import { DEMONSTRATION_PATH } from '../platform/tenants.ts'
import { inSystemTransaction } from '../platform/transaction.ts'
import type { Branch, BranchPerson } from './branch-life.ts'
import { COMMITTEE_NAME, UNITS } from './committee.ts'
import type { Desks } from './desk.ts'
import { daysBefore, type InventedPerson } from './people.ts'

/** What the steps of the making share. */
export type Stage = {
  readonly app: App
  readonly tenantId: string
  readonly begin: Date
  readonly now: Date
  readonly rootId: string
  desks: Desks
  readonly units: Map<string, { id: string; path: string; name: string }>
  /**
   * Tells the database how full its tables are. A year in a minute is faster than its own look once a minute, and the
   * statements of full tables would be planned for empty ones.
   */
  measureTables(): Promise<void>
}
/** The person who shows a role to visitors. */
type Face = {
  readonly role: RoleName
  readonly personId: string
  readonly name: string
  readonly organisation: string
  readonly orgPath: string
}
export type Plan = { readonly branches: readonly Branch[]; readonly faces: readonly Face[] }
type Registered = BranchPerson & { readonly personId: string; readonly unitKey: string }

const OFFICES: readonly (readonly [RoleName, string])[] = [
  ['system_admin', '高文远'],
  ['security_admin', '沈若兰'],
  ['audit_admin', '韩立诚'],
  ['committee_admin', '梁静怡'],
]
/** Stands in for the head, so that what two people have to do is done by two. */
export const DEPUTY = '贺思远'
const DAY = 86_400_000
/** Who writes and reviews the courses of the committee, each with the rights of a party worker. */
const EDITORS = ['罗安宁', '沈亦凡'] as const
const officers = new WeakMap<Stage, Face[]>()

/** The three administrators and the head of the organisation department, who are no members of a branch. */
export async function openOffices(stage: Stage): Promise<void> {
  const { app, tenantId, begin } = stage
  const faces = await inSystemTransaction(app.http.platform, { tenantId, scope: DEMONSTRATION_PATH }, async (tx) => {
    const made: Face[] = []
    for (const [role, name] of OFFICES) {
      const personId = await inventOfficer(tx, { tenantId, name, at: begin })
      await inventPost(tx, { tenantId, personId, role, orgId: stage.rootId, orgPath: DEMONSTRATION_PATH, at: begin })
      made.push({ role, personId, name, organisation: COMMITTEE_NAME, orgPath: DEMONSTRATION_PATH })
    }
    const working = made.map(({ personId }) => ({ personId, at: begin }))
    // Longer in office than the head: whoever asks for the post alone reaches the last one who took it.
    const before = new Date(begin.getTime() - DAY)
    const deputyId = await inventOfficer(tx, { tenantId, name: DEPUTY, at: before })
    const office = { role: 'committee_admin', orgId: stage.rootId, orgPath: DEMONSTRATION_PATH } as const
    await inventPost(tx, { tenantId, personId: deputyId, ...office, at: before })
    working.push({ personId: deputyId, at: before })
    for (const name of EDITORS) {
      const personId = await inventOfficer(tx, { tenantId, name, at: begin })
      const post = { role: 'party_worker', orgId: stage.rootId, orgPath: DEMONSTRATION_PATH } as const
      await inventPost(tx, { tenantId, personId, ...post, at: begin })
      working.push({ personId, at: begin })
    }
    await inventActivations(tx, tenantId, working)
    return made
  })
  officers.set(stage, faces)
}

export async function foundBranches(stage: Stage): Promise<void> {
  const committee = stage.desks.ofPost('committee_admin', stage.rootId)
  stage.units.set('top', { id: stage.rootId, path: DEMONSTRATION_PATH, name: COMMITTEE_NAME })
  const effectiveOn = daysBefore(stage.begin, 1200)
  for (const unit of UNITS.filter(({ parentKey }) => parentKey !== null)) {
    const parent = stage.units.get(unit.parentKey as string)
    const { id } = await committee<{ id: string }>('POST', '/orgs', {
      parentId: parent?.id,
      kind: unit.kind,
      name: unit.name,
      effectiveOn,
      documentNumber: `澜大党组〔${effectiveOn.slice(0, 4)}〕${stage.units.size + 10} 号`,
      approvedBy: COMMITTEE_NAME,
    })
    stage.units.set(unit.key, { id, path: await pathOf(stage, id), name: unit.name })
  }
}

async function pathOf(stage: Stage, id: string): Promise<string> {
  const { app, tenantId } = stage
  const row = await inSystemTransaction(app.http.platform, { tenantId, scope: DEMONSTRATION_PATH }, (tx) =>
    tx
      .selectFrom('org_path')
      .select('path')
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .executeTakeFirstOrThrow(),
  )
  return row.path as string
}

const CHUNK = 50

/** Registers everyone through the door of the members, as the import does after its second person has agreed. */
export async function registerPeople(stage: Stage, people: readonly InventedPerson[]): Promise<Registered[]> {
  const { app, tenantId } = stage
  const registered: Registered[] = []
  for (let from = 0; from < people.length; from += CHUNK) {
    await inSystemTransaction(app.http.platform, { tenantId, scope: DEMONSTRATION_PATH }, async (tx) => {
      const ctx = clerkOf(stage, tx)
      for (const { unitKey, facts } of people.slice(from, from + CHUNK)) {
        const unit = stage.units.get(unitKey)
        const made = await register(ctx, {
          orgId: unit?.id ?? '',
          orgPath: unit?.path ?? '',
          facts,
          source: 'transfer',
          sourceId: null,
          reason: '演示数据',
        })
        registered.push({ ...made, name: facts.name, category: facts.category, unitKey })
      }
    })
  }
  return registered
}

/** The head of the organisation department, as whom records are made. */
function clerkOf(stage: Stage, tx: Tx): Ctx<Tx> {
  const { app, tenantId, rootId } = stage
  const face = officers.get(stage)?.at(-1) as Face
  const actor: Actor = {
    personId: face.personId,
    personName: face.name,
    tenantId,
    grantId: face.personId,
    role: 'committee_admin',
    orgId: rootId,
    scope: DEMONSTRATION_PATH,
    reach: 'subtree',
    memberId: null,
    permissions: new Set(),
    secondFactorAt: null,
    secondFactorNeeded: false,
    sessionHash: Buffer.alloc(32),
  }
  const { platform } = app.http
  return {
    db: tx,
    actor,
    now: platform.clock(),
    requestId: 'demonstration',
    vault: platform.vault,
    log: platform.log,
    expectedVersion: null,
    onCommit: (work) => work(),
  }
}

/** Committees of the branches, posts in the programme, and accounts: all but every fifteenth person has activated. */
export async function givePosts(stage: Stage, people: readonly Registered[]): Promise<Plan> {
  const { app, tenantId, begin, units } = stage
  const faces = [...(officers.get(stage) ?? [])]
  const branches: Branch[] = []
  await inSystemTransaction(app.http.platform, { tenantId, scope: DEMONSTRATION_PATH }, async (tx) => {
    const activated: Registered[] = []
    for (const [key, unit] of units) {
      const own = people.filter(({ unitKey }) => unitKey === key)
      if (own.length === 0) continue
      branches.push({ id: unit.id, name: unit.name, people: own })
      activated.push(...own.filter((_, place) => place < 6 || place % 15 !== 0))
      await postsOfBranch(tx, stage, unit, own, faces)
    }
    await inventActivations(
      tx,
      tenantId,
      activated.map(({ personId }) => ({ personId, at: begin })),
    )
  })
  return { branches, faces }
}

const BRANCH_POSTS: readonly (readonly [number, RoleName])[] = [
  [0, 'branch_secretary'],
  [2, 'branch_officer'],
  [5, 'group_leader'],
]

/** The first branch lends its people to the visitors; the first post of a general branch is its party worker. */
async function postsOfBranch(
  tx: Tx,
  stage: Stage,
  unit: { id: string; path: string; name: string },
  own: readonly Registered[],
  faces: Face[],
): Promise<void> {
  const { tenantId, begin } = stage
  const give = async (person: Registered, role: RoleName, at: { id: string; path: string; name: string }) => {
    await inventPost(tx, { tenantId, personId: person.personId, role, orgId: at.id, orgPath: at.path, at: begin })
    show(person, role, at)
  }
  const show = (person: Registered, role: RoleName, at: { path: string; name: string }) => {
    if (faces.some((face) => face.role === role)) return
    faces.push({ role, personId: person.personId, name: person.name, organisation: at.name, orgPath: at.path })
  }
  for (const [place, role] of BRANCH_POSTS) await give(own[place] as Registered, role, unit)
  const first = own[0] as Registered
  if (first.unitKey === 'b01') {
    await give(own[3] as Registered, 'party_worker', stage.units.get('machines') ?? unit)
    show(own[8] as Registered, 'member', unit)
  }
}
