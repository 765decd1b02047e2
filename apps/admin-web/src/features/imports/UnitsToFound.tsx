import type { ImportBatch } from '@tongxin/contract/imports.batches'
import { useTranslation } from 'react-i18next'

/** Organisations of the workbook's own sheet that the batch will found, in the order of the sheet. */
export function UnitsToFound({ units, state }: Pick<ImportBatch, 'units' | 'state'>) {
  const { t } = useTranslation()
  if (units.length === 0) return null
  const isDone = state === 'applied'
  const title = t(isDone ? 'imports.unitsFounded' : 'imports.units', { count: units.length })
  return (
    <details className="panel import-notes" open={!isDone && units.length <= 20}>
      <summary>{title}</summary>
      <table className="tx-diff">
        <caption className="tx-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t('imports.unit.name')}</th>
            <th scope="col">{t('imports.unit.kind')}</th>
            <th scope="col">{t('imports.unit.parent')}</th>
            <th scope="col">{t('imports.unit.foundedOn')}</th>
          </tr>
        </thead>
        <tbody>
          {units.map((unit) => (
            <tr key={`${unit.parentName}/${unit.name}`}>
              <th scope="row">{unit.name}</th>
              <td>{t(`imports.kind.${unit.kind}`, { defaultValue: unit.kind })}</td>
              <td>{unit.parentName}</td>
              <td>{unit.foundedOn ?? t('ui.nothing')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
