import type { Db } from '../../platform/ctx.ts'
import { committeeOf } from '../org/index.ts'
import { hasRights } from './elections.policy.ts'
import { unitsBelow } from './queries/congress.queries.ts'
import { fileOf } from './queries/elections.queries.ts'
import { cardsOf, formalBelow, votersOf } from './queries/people.queries.ts'

/**
 * Ids of the people who elect, for notices: those on the roll; before it is drawn whoever would stand on it, in all
 * branches below where a committee's meeting elects; the committee where its plenum does. Before a congress every
 * member proposes. Scope and rights are the caller's business.
 */
export async function electorsOf(db: Db, tenantId: string, electionId: string): Promise<string[]> {
  const file = await fileOf(db, tenantId, electionId)
  if (!file) return []
  if (file.steps.rollDrawnAt) return (await votersOf(db, tenantId, electionId)).map(({ personId }) => personId)
  const cards = file.steps.plenum
    ? await cardsOf(db, tenantId, file.orgPath, await committeeOf(db, tenantId, file.unitId))
    : await formalBelow(db, tenantId, file.orgPath)
  return cards.filter(hasRights).map(({ personId }) => personId)
}

/** Units that have seats at a congress, where they stand now. */
export async function allottedUnits(
  db: Db,
  tenantId: string,
  electionId: string,
): Promise<{ id: string; path: string; name: string; seats: number }[]> {
  const file = await fileOf(db, tenantId, electionId)
  if (!file) return []
  const below = await unitsBelow(db, tenantId, file.orgPath)
  return (file.steps.allotment ?? []).flatMap(({ unitId, seats }) => {
    const unit = below.find(({ id }) => id === unitId)
    return unit ? [{ id: unit.id, path: unit.path, name: unit.name, seats }] : []
  })
}
