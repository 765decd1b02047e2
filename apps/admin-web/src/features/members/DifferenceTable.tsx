import type { Difference } from '@tongxin/contract/members.review'
import { TextInput } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { type Decision, type Decisions, isDisputed, type Take, takesOf } from './decisions.ts'
import { useMemberWords } from './use-member-words.ts'

/**
 * Present value, proposed value, and what the ID number and the last roster say. With `onDecide` the second reviewer
 * takes one side per field, and says why when it is not the proposal.
 */
export function DifferenceTable(props: {
  caption: string
  rows: readonly Difference[]
  decisions: Decisions
  onDecide?: ((field: string, decision: Decision) => void) | undefined
}) {
  const { t } = useTranslation()
  const { caption, rows, decisions, onDecide } = props
  return (
    <table className="tx-diff">
      <caption className="tx-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('ui.field')}</th>
          <th scope="col">{t('ui.old')}</th>
          <th scope="col">{t('ui.new')}</th>
          <th scope="col">{t('members.byId')}</th>
          <th scope="col">{t('members.byRoster')}</th>
          {onDecide ? <th scope="col">{t('members.decision')}</th> : null}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.field} row={row} decision={decisions[row.field]} onDecide={onDecide} />
        ))}
      </tbody>
    </table>
  )
}

function Row(props: {
  row: Difference
  decision: Decision | undefined
  onDecide: ((field: string, decision: Decision) => void) | undefined
}) {
  const { t } = useTranslation()
  const { fieldLabel, valueText } = useMemberWords()
  const { row, onDecide } = props
  const shown = (value: string | null) => valueText(row.field, value) ?? t('ui.nothing')
  return (
    <tr data-differs={row.differs || undefined} data-disputed={isDisputed(row) || undefined}>
      <th scope="row">{fieldLabel(row.field)}</th>
      <td>{row.current !== null && row.differs ? <del>{shown(row.current)}</del> : shown(row.current)}</td>
      <td>{row.proposed !== null && row.differs ? <ins>{shown(row.proposed)}</ins> : shown(row.proposed)}</td>
      <td>{valueText(row.field, row.derived)}</td>
      <td>{valueText(row.field, row.roster)}</td>
      {onDecide ? (
        <td>
          <DecisionChoice row={row} decision={props.decision} onDecide={(decision) => onDecide(row.field, decision)} />
        </td>
      ) : null}
    </tr>
  )
}

function DecisionChoice(props: {
  row: Difference
  decision: Decision | undefined
  onDecide: (decision: Decision) => void
}) {
  const { t } = useTranslation()
  const { fieldLabel } = useMemberWords()
  const { row, decision, onDecide } = props
  const label = fieldLabel(row.field)
  const taken: Take | undefined = decision?.take ?? (isDisputed(row) ? undefined : 'proposed')
  return (
    <div className="decision">
      {takesOf(row).map((take) => (
        <label key={take}>
          <input
            type="radio"
            name={`take-${row.field}`}
            aria-label={`${label}: ${t(`members.take.${take}`)}`}
            checked={taken === take}
            onChange={() => onDecide({ take, reason: decision?.reason ?? '' })}
          />
          {t(`members.take.${take}`)}
        </label>
      ))}
      {decision && decision.take !== 'proposed' ? (
        <TextInput
          label={t('members.decisionReason', { field: label })}
          required
          maxLength={500}
          value={decision.reason}
          onChange={(reason) => onDecide({ take: decision.take, reason })}
        />
      ) : null}
    </div>
  )
}
