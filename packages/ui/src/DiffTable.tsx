import { useTranslation } from 'react-i18next'

export type DiffRow = {
  readonly field: string
  readonly label: string
  readonly old: string | null
  readonly new: string | null
  /** What another source says: the committee's own list, the ID number's birth date. */
  readonly source?: { readonly name: string; readonly value: string | null } | null
}
export type Choice = 'old' | 'new'

/**
 * Old left, new right, source third; rows that differ are tinted. With `onChoose` the reviewer accepts one side per
 * differing field.
 */
export function DiffTable(props: {
  rows: readonly DiffRow[]
  chosen?: Readonly<Record<string, Choice>>
  onChoose?: (field: string, choice: Choice) => void
  /** Says what is compared, for people who cannot see the table's place on the page. */
  caption: string
}) {
  const { t } = useTranslation()
  return (
    <table className="tx-diff">
      <caption className="tx-hidden">{props.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('ui.field')}</th>
          <th scope="col">{t('ui.old')}</th>
          <th scope="col">{t('ui.new')}</th>
          <th scope="col">{t('ui.source')}</th>
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <Row key={row.field} row={row} chosen={props.chosen?.[row.field]} onChoose={props.onChoose} />
        ))}
      </tbody>
    </table>
  )
}

function Row(props: {
  row: DiffRow
  chosen: Choice | undefined
  onChoose: ((field: string, choice: Choice) => void) | undefined
}) {
  const { t } = useTranslation()
  const { row, chosen, onChoose } = props
  const isDifferent = row.old !== row.new
  const side = (choice: Choice) => {
    const value = row[choice] ?? t('ui.nothing')
    const shown =
      !isDifferent || row[choice] === null ? value : choice === 'old' ? <del>{value}</del> : <ins>{value}</ins>
    if (!onChoose || !isDifferent) return shown
    return (
      <label>
        <input
          type="radio"
          name={`choice-${row.field}`}
          aria-label={`${row.label}: ${t(choice === 'old' ? 'ui.keepOld' : 'ui.takeNew')} ${value}`}
          checked={chosen === choice}
          onChange={() => onChoose(row.field, choice)}
        />
        {shown}
      </label>
    )
  }
  return (
    <tr data-differs={isDifferent || undefined}>
      <th scope="row">{row.label}</th>
      <td>{side('old')}</td>
      <td>{side('new')}</td>
      <td>{row.source ? `${row.source.name}: ${row.source.value ?? t('ui.nothing')}` : null}</td>
    </tr>
  )
}
