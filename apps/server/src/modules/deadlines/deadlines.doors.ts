import type { Permission } from '@tongxin/contract'
import type { IsoDate } from '@tongxin/domain'
import { sql } from 'kysely'
import type { Tx } from '../../platform/ctx.ts'
import { newId } from '../../platform/events.ts'

/** One thing that has to be done by a day. Upserts by `key` (unique in the tenant): a changed day moves it. */
export type Deadline = {
  /** `development.talk/<caseId>`: module.kind/id, with a further part where one case has several. */
  readonly key: string
  /** `development.talk`; its words stand in `packages/contract/src/words/deadlines/<module>.<lang>.json`. */
  readonly kind: string
  /** Fills the words. Never a sensitive value; a person's name is allowed. */
  readonly params: Readonly<Record<string, string | number>>
  /** The organisation where it is due. */
  readonly unit: { readonly id: string; readonly path: string }
  /** Who acts: holders of this permission whose grant reaches the unit, the nearest ones. */
  readonly permission: Permission | null
  /** The person who must act, or whom it concerns; may stand beside the permission. */
  readonly personId: string | null
  readonly startsOn: IsoDate
  readonly yellowOn: IsoDate
  readonly dueOn: IsoDate
  /** Days before `dueOn` (0: on the day). After it, everyday while it is open. */
  readonly remind: readonly number[]
  /** Where it is done, below the desk's and the phone's address. */
  readonly deskPath: string | null
  readonly phonePath: string | null
}

/** Enough of a use case's context; jobs and reactions make it from their transaction and tenant. */
export type DeadlineCtx = { readonly db: Tx; readonly now: Date; readonly actor: { readonly tenantId: string } }

const CHUNK = 500

/**
 * Writes deadlines inside the transaction of the change that causes them, also for units outside the caller's scope
 * (what a letter asks of its receiver). One that had ended is open again; a new day is reminded of afresh.
 */
export async function setDeadlines(ctx: DeadlineCtx, deadlines: readonly Deadline[]): Promise<void> {
  const rows = [...new Map(deadlines.map((one) => [one.key, one])).values()]
  if (rows.length === 0) return
  await beyondScope(ctx.db, rows[0]?.unit.path ?? '', async () => {
    for (let from = 0; from < rows.length; from += CHUNK) await upsert(ctx, rows.slice(from, from + CHUNK))
  })
}

async function upsert(ctx: DeadlineCtx, deadlines: readonly Deadline[]): Promise<void> {
  await ctx.db
    .insertInto('deadlines_item')
    .values(
      deadlines.map((one) => ({
        tenant_id: ctx.actor.tenantId,
        id: newId(ctx),
        key: one.key,
        kind: one.kind,
        params: JSON.stringify(one.params),
        unit_id: one.unit.id,
        org_path: one.unit.path,
        permission: one.permission,
        person_id: one.personId,
        starts_on: one.startsOn,
        yellow_on: one.yellowOn,
        due_on: one.dueOn,
        remind: [...one.remind],
        desk_path: one.deskPath,
        phone_path: one.phonePath,
        created_at: ctx.now,
        updated_at: ctx.now,
      })),
    )
    .onConflict((c) =>
      c.columns(['tenant_id', 'key']).doUpdateSet((eb) => ({
        kind: eb.ref('excluded.kind'),
        params: eb.ref('excluded.params'),
        unit_id: eb.ref('excluded.unit_id'),
        org_path: eb.ref('excluded.org_path'),
        permission: eb.ref('excluded.permission'),
        person_id: eb.ref('excluded.person_id'),
        starts_on: eb.ref('excluded.starts_on'),
        yellow_on: eb.ref('excluded.yellow_on'),
        due_on: eb.ref('excluded.due_on'),
        remind: eb.ref('excluded.remind'),
        desk_path: eb.ref('excluded.desk_path'),
        phone_path: eb.ref('excluded.phone_path'),
        reminded_on: sql<
          string | null
        >`case when deadlines_item.due_on = excluded.due_on and deadlines_item.state = 'open'
          then deadlines_item.reminded_on end`,
        state: 'open',
        ended_at: null,
        updated_at: eb.ref('excluded.updated_at'),
      })),
    )
    .execute()
}

/** These keys, or every key that begins with a text but some. */
type Keys = readonly string[] | { readonly under: string; readonly but: readonly string[] }
// '~' sorts behind every character that keys are made of.
const under = (text: string) => sql<boolean>`(key >= ${text} and key < ${`${text}~`})`
const isNamed = (keys: Keys) =>
  'under' in keys
    ? sql<boolean>`(${under(keys.under)} and key <> all(${[...keys.but]}::text[]))`
    : sql<boolean>`key = any(${[...keys]}::text[])`

/** Ends open deadlines: `done` when it was done, `void` when it need not be done any more. Unknown keys are fine. */
export async function endDeadlines(ctx: DeadlineCtx, keys: Keys, end: 'done' | 'void'): Promise<void> {
  if ('length' in keys && keys.length === 0) return
  await beyondScope(ctx.db, null, () =>
    ctx.db
      .updateTable('deadlines_item')
      .set({ state: end, ended_at: ctx.now, updated_at: ctx.now })
      .where('tenant_id', '=', ctx.actor.tenantId)
      .where(isNamed(keys))
      .where('state', '=', 'open')
      .execute(),
  )
}

/** Hands open deadlines to another unit: these keys, or every key that begins with the given text. */
export async function moveDeadlines(
  ctx: DeadlineCtx,
  keys: string | readonly string[],
  unit: { readonly id: string; readonly path: string },
): Promise<void> {
  const which = typeof keys === 'string' ? under(keys) : isNamed(keys)
  await beyondScope(ctx.db, unit.path, () =>
    ctx.db
      .updateTable('deadlines_item')
      .set({ unit_id: unit.id, org_path: unit.path, updated_at: ctx.now })
      .where('tenant_id', '=', ctx.actor.tenantId)
      .where(which)
      .where('state', '=', 'open')
      .execute(),
  )
}

/**
 * Runs the work under the scope of the whole tenant and returns to the caller's. Row security would refuse a deadline
 * at a unit that the caller does not see; the tenant stays fixed. After an error the transaction is lost anyway.
 */
async function beyondScope(tx: Tx, path: string | null, work: () => Promise<unknown>): Promise<void> {
  const { rows } = await sql<{
    scope: string
  }>`select coalesce(current_setting('app.scope', true), '') as scope`.execute(tx)
  const scope = rows[0]?.scope ?? ''
  const whole = rootOf(path ?? scope)
  if (whole === scope) {
    await work()
    return
  }
  await sql`select set_config('app.scope', ${whole}, true)`.execute(tx)
  await work()
  await sql`select set_config('app.scope', ${scope}, true)`.execute(tx)
}

const rootOf = (path: string): string => path.split('.')[0] ?? path
