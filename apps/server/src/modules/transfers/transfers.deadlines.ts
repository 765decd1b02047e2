import { addDays, addMonths, type IsoDate } from '@tongxin/domain'
import { type Deadline, type DeadlineCtx, endDeadlines, setDeadlines } from '../deadlines/index.ts'
import { REMIND_DAYS, YELLOW_DAYS } from './transfers.policy.ts'

/** A letter that is on its way, as its clocks need it. */
export type OnItsWay = {
  readonly id: string
  readonly name: string
  readonly personId: string | null
  readonly number: string
  readonly toName: string
  readonly from: { readonly id: string; readonly path: string }
  readonly to: { readonly id: string; readonly path: string } | null
  readonly committee: { readonly id: string; readonly path: string }
  readonly issuedOn: IsoDate
  readonly firstIssuedOn: IsoDate
  readonly validUntil: IsoDate
}

const fromKey = (id: string) => `transfers.letter/${id}/from`
const toKey = (id: string) => `transfers.letter/${id}/to`
const strandedKey = (id: string) => `transfers.stranded/${id}`

/** The end of a letter, for the person, the branch of departure and the branch that is to receive (MEM-9). */
export async function startClocks(ctx: DeadlineCtx, one: OnItsWay): Promise<void> {
  const base = {
    kind: 'transfers.letter',
    params: { name: one.name, number: one.number, to: one.toName, until: one.validUntil },
    permission: 'transfers.write',
    startsOn: one.issuedOn,
    yellowOn: addDays(one.validUntil, -YELLOW_DAYS),
    dueOn: one.validUntil,
    remind: REMIND_DAYS,
    deskPath: `/transfers/${one.id}`,
    phonePath: '/transfers',
  } as const
  const ends: Deadline[] = [{ ...base, key: fromKey(one.id), unit: one.from, personId: one.personId }]
  if (one.to) ends.push({ ...base, key: toKey(one.id), unit: one.to, personId: null, phonePath: null })
  await setDeadlines(ctx, ends)
}

/** Nobody waits for the letter any more; `done` when it was received. */
export async function endClocks(ctx: DeadlineCtx, ids: readonly string[], end: 'done' | 'void'): Promise<void> {
  await endDeadlines(
    ctx,
    ids.flatMap((id) => [fromKey(id), toKey(id), strandedKey(id)]),
    end,
  )
}

/** A letter ran out: its own end is past, and by the end of six months people have to weigh CONST-11. */
export async function strandClocks(ctx: DeadlineCtx, letters: readonly OnItsWay[], months: number): Promise<void> {
  await endClocks(
    ctx,
    letters.map(({ id }) => id),
    'void',
  )
  await setDeadlines(
    ctx,
    letters.map((one) => {
      const dueOn = addMonths(one.firstIssuedOn, months)
      // Six months count from the first letter: a renewed one may run out when they are over.
      const startsOn = one.validUntil < dueOn ? one.validUntil : dueOn
      return {
        key: strandedKey(one.id),
        kind: 'transfers.stranded',
        params: { name: one.name, number: one.number, since: one.firstIssuedOn },
        unit: one.committee,
        permission: 'transfers.approve',
        personId: null,
        startsOn,
        yellowOn: startsOn,
        dueOn,
        remind: REMIND_DAYS,
        deskPath: `/transfers/${one.id}`,
        phonePath: null,
      }
    }),
  )
}
