import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { type ImportBatch, importRefusals, type Permission, ROLES } from '@tongxin/contract'
import type { RosterChoice } from '@tongxin/domain/roster/index'
import type { Actor, Ctx, Tx } from '../../../platform/ctx.ts'
import type { Platform } from '../../../platform/platform.ts'
import { inSystemTransaction } from '../../../platform/transaction.ts'
import { personNamesOf, postsOf, signInNameTaken } from '../../access/index.ts'
import { findUnit, unitNames } from '../../org/index.ts'
import { store, submit } from './batches.ts'
import { readRoster } from './read-roster.ts'

/** Who makes a batch from the command line: the person with this sign-in name, at the first post that may import. */
export async function makerNamed(platform: Platform, signInName: string, now: Date): Promise<Actor> {
  const personId = await signInNameTaken(platform.db, signInName, platform.vault)
  const posts = personId === null ? [] : await postsOf(platform, personId, now)
  const post = posts.find(({ role }) => (ROLES[role].permissions as readonly Permission[]).includes('imports.make'))
  if (personId === null || !post) throw importRefusals.maker_unknown()
  const personName = (await personNamesOf(platform.db, [personId])).get(personId) ?? ''
  return {
    personId,
    personName,
    tenantId: post.tenantId,
    grantId: post.grantId,
    role: post.role,
    orgId: post.orgId,
    scope: post.orgPath,
    reach: post.reach,
    memberId: null,
    permissions: new Set(ROLES[post.role].permissions),
    secondFactorAt: null,
    secondFactorNeeded: false,
    sessionHash: Buffer.alloc(0),
  }
}

/** Names of branches that a roster of this maker may use; none on a new installation. */
export async function branchesOf(platform: Platform, actor: Actor): Promise<string[]> {
  const names = await inSystemTransaction(platform, actor, (tx) => unitNames(tx, actor.tenantId, actor.scope))
  return names.length <= 1 ? [] : names
}

/** Reads a file of this machine into a batch and hands it to a second person. */
export async function makeBatch(
  platform: Platform,
  actor: Actor,
  file: { path: string; name: string; choice: RosterChoice },
  now: Date,
): Promise<ImportBatch> {
  const ctxOf = (tx: Tx): Ctx<Tx> => ({
    db: tx,
    actor,
    now,
    requestId: crypto.randomUUID(),
    vault: platform.vault,
    log: platform.log,
    expectedVersion: null,
    onCommit: () => {},
  })
  const size = (await stat(file.path)).size
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file.path)) hash.update(chunk as Buffer)
  return inSystemTransaction(platform, actor, async (tx) => {
    const ctx = ctxOf(tx)
    const own = await findUnit(tx, actor, actor.orgId)
    if (!own) throw importRefusals.maker_unknown()
    const read = await readRoster(ctx, own, file.path, { size, hash: hash.digest() }, file.choice)
    const batch = await store(ctx, { params: {}, query: { fileName: file.name }, body: {} }, read)
    return submit(ctx, { params: { id: batch.id }, query: {}, body: { existing: 'skip' } })
  })
}
