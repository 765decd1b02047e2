import type { Db } from '../../../platform/ctx.ts'
import { isWithin } from '../../../platform/scope.ts'
import { categoriesOf } from '../../members/index.ts'
import { peopleAt } from '../../org/index.ts'
import { endedAt, type Meant, placesOf } from '../queries/audience.queries.ts'

/**
 * How many people a circular means in each of these units and below: from the totals that units keep, so that a million
 * people are counted without being read. People by name, and those who hold a post, are few and are read.
 */
export async function peopleIn(db: Db, meant: Meant, units: readonly string[]): Promise<Map<string, number>> {
  if (meant.holders) {
    const places = await placesOf(db, meant, null)
    return new Map(units.map((unit) => [unit, places.filter((path) => isWithin(path, unit)).length]))
  }
  const parts = new Map(units.map((unit) => [unit, partsOf(meant, unit)]))
  const paths = [...new Set([...parts.values()].flatMap(({ more, less }) => [...more, ...less]))]
  const all = paths.length > 0 ? await peopleAt(db, meant.tenantId, paths, categoriesOf(meant.kinds)) : new Map()
  const ended = paths.length > 0 ? await endedAt(db, meant, paths) : new Map()
  const living = (path: string) => (all.get(path) ?? 0) - (ended.get(path) ?? 0)
  const sum = (of: readonly string[]) => of.reduce((total, path) => total + living(path), 0)
  const { named, excepted } = await byName(db, meant)
  const inUnit = (places: readonly string[], unit: string) => places.filter((path) => isWithin(path, unit)).length
  return new Map(
    [...parts].map(([unit, { more, less }]) => [
      unit,
      sum(more) - sum(less) + inUnit(named, unit) - inUnit(excepted, unit),
    ]),
  )
}

const widest = (paths: readonly string[]) =>
  paths.filter((path) => !paths.some((other) => other !== path && isWithin(path, other)))

/** The subtrees that make up the audience in a unit, and those inside of them that are left out. */
function partsOf({ paths, exceptPaths }: Meant, unit: string): { more: string[]; less: string[] } {
  const left = (path: string) => exceptPaths.some((except) => isWithin(path, except))
  const more = paths
    .flatMap((path) => {
      if (isWithin(unit, path)) return [unit]
      return isWithin(path, unit) ? [path] : []
    })
    .filter((path) => !left(path))
  return { more, less: widest(exceptPaths).filter((except) => more.some((path) => isWithin(except, path))) }
}

/** Places of people who are named beside the units, and of those in the units who are left out by name. */
async function byName(db: Db, meant: Meant): Promise<{ named: string[]; excepted: string[] }> {
  const { memberIds, exceptMemberIds } = meant
  const inUnits = { ...meant, memberIds: [] }
  const withAll = { ...meant, exceptMemberIds: [] }
  const named = memberIds.length > 0 ? await placesOf(db, { ...withAll, paths: [] }, memberIds) : []
  const twice = memberIds.length > 0 ? await placesOf(db, { ...inUnits, exceptMemberIds: [] }, memberIds) : []
  for (const path of twice) named.splice(named.indexOf(path), 1)
  const excepted = exceptMemberIds.length > 0 ? await placesOf(db, withAll, exceptMemberIds) : []
  return { named, excepted }
}

/** How many people a circular means. */
export async function countPeople(db: Db, meant: Meant): Promise<number> {
  const [first] = [...meant.paths]
  const root = first?.split('.')[0]
  if (root === undefined) return (await placesOf(db, meant, null)).length
  return (await peopleIn(db, meant, [root])).get(root) ?? 0
}
