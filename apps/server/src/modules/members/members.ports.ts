import type { MemberPortrait } from '@tongxin/contract'
import type { Ctx } from '../../platform/ctx.ts'

/** What this module asks of its peers; wired in modules.ts, because capabilities do not import each other. */

type Asking = Pick<Ctx, 'db' | 'actor'>
/** `isOwn`: the caller asks about the own record and sees it whatever the post. */
type Whose = { readonly memberId: string; readonly isOwn: boolean }
type Days = { readonly since: string; readonly until: string }
type Found<K extends 'life' | 'learning'> = NonNullable<MemberPortrait[K]>
type Row<K extends 'decisions' | 'moves'> = MemberPortrait[K]['rows'][number]

/**
 * Parts of the page about one person that other modules hold. Each door looks at the caller's right and reach itself:
 * what may not be seen comes as null or as nothing.
 */
export type MemberPorts = {
  readonly lifeOf: (
    ctx: Asking,
    of: { readonly memberIds: readonly string[]; readonly isOwn: boolean },
    days: Days,
  ) => Promise<Omit<Found<'life'>, 'since' | 'until'> | null>
  readonly learningOf: (ctx: Asking, of: Whose, year: number) => Promise<Found<'learning'> | null>
  readonly honoursOf: (
    ctx: Asking,
    of: Whose,
    most: number,
  ) => Promise<{ readonly year: number; readonly title: string; readonly unitName: string }[]>
  readonly stageOf: (
    ctx: Asking,
    of: Whose,
  ) => Promise<
    | (NonNullable<MemberPortrait['road']['running']> &
        Readonly<Partial<Record<MemberPortrait['road']['days'][number]['key'], string | null>>>)
    | null
  >
  readonly decisionsOf: (
    ctx: Asking,
    of: Whose,
    most: number,
  ) => Promise<Pick<Row<'decisions'>, 'on' | 'kind' | 'by'>[]>
  readonly movesOf: (ctx: Asking, of: Whose, most: number) => Promise<Row<'moves'>[]>
}
