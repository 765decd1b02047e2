import { useCan } from '@tongxin/client/can'
import type { Reply } from '@tongxin/contract/endpoint'
import type { readYear, YearCell, YearKind, YearState } from '@tongxin/contract/meetings.year'
import { Lamp, type LampState } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { YearCellDialog } from './YearCellDialog.tsx'

type Plan = Reply<typeof readYear>
const LAMPS: Readonly<Record<YearState, LampState>> = {
  held: 'ok',
  planned: 'info',
  due: 'warn',
  missing: 'late',
  ahead: 'idle',
  waived: 'idle',
}
const MONTHS = Array.from({ length: 12 }, (_, at) => at + 1)
/** How many months a period spans: the width of its cell. */
const WIDTH = { month: 1, quarter: 3, year: 12 } as const

/** Kinds down, months across; a quarter or a year spans its months. Each cell opens what is known of it. */
export function YearMatrix({ plan, year }: { plan: Plan; year: number }) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<{ kind: YearKind; cell: YearCell } | null>(null)
  const { whyNot } = useCan()('meetings.convene')
  return (
    <div className="panel year-scroll">
      <table className="year-matrix">
        <caption className="tx-hidden">{t('meetings.yearPlan.of', { year })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('meetings.kind')}</th>
            {MONTHS.map((month) => (
              <th key={month} scope="col">
                {t('meetings.yearPlan.month', { month })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {plan.kinds.map((kind) => (
            <tr key={kind.kind}>
              <th scope="row">
                {t(`meetings.kinds.${kind.kind}`)}
                <span className="hint">{t(`meetings.yearPlan.each.${kind.frequency}`)}</span>
              </th>
              {kind.cells.map((cell) => (
                <td key={cell.period} colSpan={WIDTH[kind.frequency]} data-state={cell.state ?? undefined}>
                  {plan.isBranch ? (
                    <button type="button" className="year-cell" onClick={() => setChosen({ kind, cell })}>
                      <BranchCell kind={kind} cell={cell} />
                    </button>
                  ) : (
                    <ManyCell kind={kind} cell={cell} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {chosen ? (
        <YearCellDialog orgId={plan.orgId} year={year} {...chosen} whyNot={whyNot} onClose={() => setChosen(null)} />
      ) : null}
    </div>
  )
}

type CellProps = { kind: YearKind; cell: YearCell }
/** Nothing was asked of a branch that was not there, nor of groups that are none (BR-9). */
function NotAsked({ kind }: Pick<CellProps, 'kind'>) {
  const { t } = useTranslation()
  const why = kind.kind === 'groupMeeting' ? 'noGroups' : 'none'
  return <span className="hint">{t(`meetings.yearPlan.state.${why}`)}</span>
}

function BranchCell({ kind, cell }: CellProps) {
  const { t } = useTranslation()
  const { state } = cell
  if (state === null) return <NotAsked kind={kind} />
  return (
    <>
      <Lamp state={LAMPS[state]}>{t(`meetings.yearPlan.state.${state}`)}</Lamp>
      {cell.plannedOn && state !== 'held' ? <span className="hint">{cell.plannedOn.slice(5)}</span> : null}
    </>
  )
}

/** Figures of many branches: whole, some, none; a period that has not begun is only quiet. */
function ManyCell({ kind, cell }: CellProps) {
  const { t } = useTranslation()
  const branches = cell.demanded
  if (branches === 0) return <NotAsked kind={kind} />
  const isAhead = Date.parse(`${cell.from}T00:00:00+08:00`) > Date.now()
  const isOver = Date.parse(`${cell.until}T23:59:59+08:00`) < Date.now()
  const lamp: LampState = isAhead ? 'idle' : cell.held >= branches ? 'ok' : isOver ? 'late' : 'warn'
  return (
    <span className="year-figure">
      <Lamp state={lamp}>{t('meetings.yearPlan.heldOf', { held: cell.held, branches })}</Lamp>
    </span>
  )
}
