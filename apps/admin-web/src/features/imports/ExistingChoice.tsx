import type { ImportBatch } from '@tongxin/contract/imports.batches'
import { useTranslation } from 'react-i18next'

type Existing = ImportBatch['existing']

/** What becomes of people who are registered here already: left as they are, or brought up to the file. */
export function ExistingChoice(props: { batch: ImportBatch; value: Existing; onChange: (value: Existing) => void }) {
  const { t } = useTranslation()
  const { existing, elsewhere } = props.batch.plan
  if (existing + elsewhere === 0) return null
  return (
    <fieldset className="panel existing">
      <legend>{t('imports.existing.title', { count: existing })}</legend>
      {(['skip', 'update'] as const).map((value) => (
        <label key={value} className="tick">
          <input
            type="radio"
            name="existing"
            checked={props.value === value}
            disabled={existing === 0}
            onChange={() => props.onChange(value)}
          />
          {t(`imports.existing.${value}`)}
        </label>
      ))}
      {elsewhere > 0 ? <p className="hint">{t('imports.existing.elsewhere', { count: elsewhere })}</p> : null}
    </fieldset>
  )
}
