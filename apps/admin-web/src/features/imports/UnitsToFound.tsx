import type { ImportBatch } from '@tongxin/contract/imports.batches'
import { useTranslation } from 'react-i18next'

/** Organisations of the workbook's own sheet that the batch will found, in the order of the sheet. */
export function UnitsToFound({ units }: { units: ImportBatch['units'] }) {
  const { t } = useTranslation()
  if (units.length === 0) return null
  return (
    <details className="panel import-notes" open={units.length <= 20}>
      <summary>{t('imports.units', { count: units.length })}</summary>
      <table className="tx-diff">
        <caption className="tx-hidden">{t('imports.units', { count: units.length })}</caption>
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
