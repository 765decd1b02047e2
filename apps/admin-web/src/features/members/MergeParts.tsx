import type { MergeField, MergePlan } from '@tongxin/contract/members.merge'
import { Lamp, type LampState } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMemberWords } from './use-member-words.ts'

/** Fields whose value comes from the record that is closed. */
export type Take = ReadonlySet<string>

/** Field by field: the value of the record that goes on, or that of the other one. */
export function MergeFields(props: { plan: MergePlan; take: Take; onTake: (take: Take) => void }) {
  const { t } = useTranslation()
  const [isWhole, setWhole] = useState(false)
  const { plan } = props
  const shown = isWhole ? plan.fields : plan.fields.filter((row) => row.differs)
  const choose = (field: string, fromGone: boolean) => {
    const next = new Set(props.take)
    if (fromGone) next.add(field)
    else next.delete(field)
    props.onTake(next)
  }
  return (
    <section className="panel" aria-label={t('members.merge.fields')}>
      <header className="merge-head">
        <h2>{t('members.merge.fields')}</h2>
        <label className="merge-check">
          <input type="checkbox" checked={isWhole} onChange={(event) => setWhole(event.target.checked)} />
          {t('members.merge.showSame')}
        </label>
      </header>
      {shown.length === 0 ? <p className="hint">{t('members.merge.allSame')}</p> : null}
      <table className="tx-diff" hidden={shown.length === 0}>
        <caption className="tx-hidden">{t('members.merge.fields')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('ui.field')}</th>
            <th scope="col">{t('members.merge.keptNamed', { name: plan.kept.name, no: plan.kept.memberNo })}</th>
            <th scope="col">{t('members.merge.goneNamed', { name: plan.gone.name, no: plan.gone.memberNo })}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <Row key={row.field} row={row} isTaken={props.take.has(row.field)} onChoose={choose} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Row(props: { row: MergeField; isTaken: boolean; onChoose: (field: string, fromGone: boolean) => void }) {
  const { t } = useTranslation()
  const { fieldLabel, valueText } = useMemberWords()
  const { row, isTaken } = props
  const label = fieldLabel(row.field)
  const side = (which: 'kept' | 'gone') => {
    const value = valueText(row.field, row[which]) ?? t('ui.nothing')
    if (!row.canTake) return value
    return (
      <label>
        <input
          type="radio"
          name={`merge-${row.field}`}
          aria-label={`${label}: ${t(`members.merge.${which}`)} ${value}`}
          checked={isTaken === (which === 'gone')}
          onChange={() => props.onChoose(row.field, which === 'gone')}
        />
        {value}
      </label>
    )
  }
  return (
    <tr data-differs={row.differs || undefined}>
      <th scope="row">{label}</th>
      <td>{side('kept')}</td>
      <td>
        {side('gone')}
        {row.differs && !row.canTake && row.gone !== null ? (
          <span className="hint"> {t('members.merge.byDecision')}</span>
        ) : null}
      </td>
    </tr>
  )
}

const FATE_LAMPS: Readonly<Record<string, LampState>> = { moves: 'ok', stays: 'idle', blocks: 'late' }

/** Everything that names the closed record, and what becomes of it. */
export function References({ plan }: { plan: MergePlan }) {
  const { t } = useTranslation()
  const order = ['blocks', 'moves', 'stays']
  const rows = [...plan.references].sort((a, b) => order.indexOf(a.fate) - order.indexOf(b.fate))
  return (
    <section className="panel" aria-label={t('members.merge.references')}>
      <h2>{t('members.merge.references')}</h2>
      {rows.length === 0 ? <p className="hint">{t('members.merge.noReferences')}</p> : null}
      <table className="tx-diff" hidden={rows.length === 0}>
        <caption className="tx-hidden">{t('members.merge.references')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('members.merge.what')}</th>
            <th scope="col">{t('members.merge.rows')}</th>
            <th scope="col">{t('members.merge.fateLabel')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.kind}/${row.fate}`}>
              <th scope="row">{t(`members.merge.reference.${row.kind}`)}</th>
              <td>{row.rows}</td>
              <td>
                <Lamp state={FATE_LAMPS[row.fate] ?? 'idle'}>{t(`members.merge.fate.${row.fate}`)}</Lamp>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
