import { isCounted, type ParameterTable, postOfYear, targetOf, wholeParameter } from '@tongxin/domain'
import type { Db, Tx } from '../../../platform/ctx.ts'
import { postTimesOf } from '../../org/index.ts'
import { parametersOf } from '../../settings/index.ts'
import type { CreditPorts } from '../credits.ports.ts'
import * as q from '../queries/accounts.queries.ts'
import { exemptAmong } from '../queries/exemptions.queries.ts'
import type * as persons from '../queries/people.queries.ts'
import { recountUnit } from '../queries/units.queries.ts'

/** Enough of a request, a reaction or a job: who is written down as the maker may be nobody. */
export type CreditsCtx = {
  readonly db: Tx
  readonly now: Date
  readonly tenantId: string
  readonly actorId: string | null
}

/** The parameters of organisations, read once each. */
export function parametersByPath(db: Db, tenantId: string): (orgPath: string) => Promise<ParameterTable> {
  const known = new Map<string, Promise<ParameterTable>>()
  return (orgPath) => {
    const found = known.get(orgPath) ?? parametersOf(db, tenantId, orgPath)
    known.set(orgPath, found)
    return found
  }
}

const readOnce = new WeakMap<Tx, (orgPath: string) => Promise<ParameterTable>>()

/** The same within one transaction, in which two hundred events are reacted to. */
export function parametersIn(tx: Tx, tenantId: string): (orgPath: string) => Promise<ParameterTable> {
  const known = readOnce.get(tx) ?? parametersByPath(tx, tenantId)
  readOnce.set(tx, known)
  return known
}

type Reading = { readonly db: Db; readonly tenantId: string; readonly ports: Pick<CreditPorts, 'requiredLeftOf'> }

/** What the records, the posts and the rules say of the accounts of these people; nothing is written. */
export async function openedAccounts(
  { db, tenantId, ports }: Reading,
  people: readonly persons.Person[],
  year: number,
  parameters: (orgPath: string) => Promise<ParameterTable> = parametersByPath(db, tenantId),
): Promise<q.OpenedAccount[]> {
  const ids = people.map(({ memberId }) => memberId)
  const posts = await postTimesOf(db, tenantId, ids, year)
  const exempt = await exemptAmong(db, tenantId, ids, year)
  const left = await ports.requiredLeftOf(db, tenantId, ids, year)
  const opened: q.OpenedAccount[] = []
  for (const person of people) {
    const { memberId, personId, name, unitId, orgPath, unitName } = person
    const table = await parameters(orgPath)
    const own = posts.filter((post) => post.memberId === memberId)
    const post = postOfYear(own, year, table)
    const isAsked = isCounted({ category: person.category, status: person.status })
    opened.push({
      memberId,
      personId,
      name,
      unitId,
      orgPath,
      unitName,
      post,
      target: isAsked ? targetOf(post, year, table) : null,
      electiveLeast: wholeParameter(table, 'education.electiveHours', `${year}-12-31`) * 100,
      requiredLeft: left.get(memberId) ?? 0,
      isExempt: exempt.has(memberId),
    })
  }
  return opened
}

/** Opens or refreshes accounts and counts their units anew. */
export async function keepAccounts(
  ctx: Pick<CreditsCtx, 'db' | 'now' | 'tenantId'>,
  ports: CreditPorts,
  people: readonly persons.Person[],
  year: number,
  parameters?: (orgPath: string) => Promise<ParameterTable>,
): Promise<void> {
  const { db, tenantId, now } = ctx
  const before = await q.lockAccounts(
    db,
    tenantId,
    people.map(({ memberId }) => memberId),
    year,
  )
  const opened = await openedAccounts({ db, tenantId, ports }, people, year, parameters)
  await q.setAccounts(db, tenantId, year, opened, now)
  await recountUnits(ctx, [...before, ...opened], year)
}

/** Counts the units of these accounts anew, each once and in one order. */
export async function recountUnits(
  { db, tenantId, now }: Pick<CreditsCtx, 'db' | 'now' | 'tenantId'>,
  places: readonly { readonly unitId: string; readonly orgPath: string }[],
  year: number,
): Promise<void> {
  const units = [...new Map(places.map(({ unitId, orgPath }) => [unitId, orgPath]))].sort(([a], [b]) =>
    a < b ? -1 : 1,
  )
  for (const [unitId, orgPath] of units) await recountUnit(db, tenantId, { unitId, orgPath, year }, now)
}

/** The account of a person for reading: what stands there, or the one that would be opened. */
export async function accountOf(reading: Reading, person: persons.Person, year: number): Promise<q.Account> {
  const stored = await q.findAccount(reading.db, reading.tenantId, person.memberId, year)
  if (stored) return stored
  const [opened] = await openedAccounts(reading, [person], year)
  if (!opened) throw new Error('one person opens one account')
  const { target, isExempt, electiveLeast, requiredLeft } = opened
  const isReached = target === 0 && electiveLeast === 0 && requiredLeft === 0
  const standing = target === null ? 'free' : isExempt ? 'exempt' : isReached ? 'reached' : 'short'
  return { ...opened, year, standing, earned: 0, elective: 0, months: Array.from({ length: 12 }, () => 0) }
}
