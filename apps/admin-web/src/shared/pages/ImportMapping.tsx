import { Button, Lamp } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

export type MappedColumn = {
  readonly index: number
  readonly header: string
  /** A few values of the column, so that one sees what is in it. */
  readonly sample: readonly string[]
  readonly field: string | null
}

/** The second step: which column of the workbook is which field; what was recognised can be corrected. */
export function ImportMapping(props: {
  columns: readonly MappedColumn[]
  fields: readonly { readonly key: string; readonly label: string; readonly isRequired: boolean }[]
  onChange: (index: number, field: string | null) => void
  onNext: () => void
  onBack: () => void
  isBusy: boolean
}) {
  const { t } = useTranslation()
  const used = props.columns.map((column) => column.field)
  const hasSamples = props.columns.some((column) => column.sample.length > 0)
  const missing = props.fields.filter((field) => field.isRequired && !used.includes(field.key))
  return (
    <>
      <div className="panel review">
        <table className="tx-diff">
          <caption className="tx-hidden">{t('shared.import.mapping')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('shared.import.column')}</th>
              {hasSamples ? <th scope="col">{t('shared.import.sample')}</th> : null}
              <th scope="col">{t('shared.import.meaning')}</th>
            </tr>
          </thead>
          <tbody>
            {props.columns.map((column) => (
              <tr key={column.index}>
                <th scope="row">{column.header || t('shared.import.noHeader', { number: column.index + 1 })}</th>
                {hasSamples ? <td className="hint">{column.sample.join(' · ')}</td> : null}
                <td>
                  <select
                    className="tx-input"
                    aria-label={t('shared.import.meaningOf', { column: column.header || column.index + 1 })}
                    value={column.field ?? ''}
                    onChange={(event) => props.onChange(column.index, event.target.value || null)}
                  >
                    <option value="">{t('shared.import.leaveOut')}</option>
                    {props.fields.map(({ key, label }) => (
                      <option key={key} value={key} disabled={used.includes(key) && column.field !== key}>
                        {label}
                      </option>
                    ))}
                  </select>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {missing.length > 0 ? (
        <Lamp state="late">{t('shared.import.missing', { fields: missing.map(({ label }) => label).join('、') })}</Lamp>
      ) : null}
      <footer className="tx-acts">
        <Button onClick={props.onBack}>{t('ui.back')}</Button>
        <Button
          kind="primary"
          isBusy={props.isBusy}
          whyNot={missing.length > 0 ? t('shared.import.mapFirst') : undefined}
          onClick={props.onNext}
        >
          {t('shared.import.check')}
        </Button>
      </footer>
    </>
  )
}
