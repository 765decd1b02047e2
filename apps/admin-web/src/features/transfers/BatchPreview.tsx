import type { BatchRow } from '@tongxin/contract/transfers'
import { Button, Lamp, useRefusalWords } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

/** What the batch would prepare, person by person; confirmed as a whole once nothing stands in the way. */
export function BatchPreview(props: {
  rows: readonly BatchRow[]
  isBusy: boolean
  onConfirm: () => void
  onDrop: (at: number) => void
}) {
  const { t } = useTranslation()
  const words = useRefusalWords()
  const wrong = props.rows.filter(({ problems }) => problems.length > 0).length
  // What has to be mended stands first.
  const rows = [...props.rows].sort((a, b) => Number(b.problems.length > 0) - Number(a.problems.length > 0))
  return (
    <section className="panel transfer-preview" aria-label={t('transfers.previewTitle')}>
      <h2>{t('transfers.previewTitle')}</h2>
      <p>
        <Lamp state={wrong > 0 ? 'late' : 'ok'}>
          {wrong > 0
            ? t('transfers.previewWrong', { count: wrong })
            : t('transfers.previewRight', { count: props.rows.length })}
        </Lamp>
      </p>
      <div className="transfer-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('transfers.name')}</th>
              <th scope="col">{t('transfers.memberNo')}</th>
              <th scope="col">{t('transfers.from')}</th>
              <th scope="col">{t('transfers.to')}</th>
              <th scope="col">{t('transfers.kindLabel')}</th>
              <th scope="col">{t('transfers.remarks')}</th>
              <th scope="col">
                <span className="tx-hidden">{t('transfers.drop')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.at}>
                <th scope="row">{row.name}</th>
                <td>{row.memberNo ?? '—'}</td>
                <td>{row.fromName ?? '—'}</td>
                <td>{row.toName ?? '—'}</td>
                <td>{row.kind ? t(`transfers.kind.${row.kind}`) : '—'}</td>
                <td className="transfer-remarks">
                  {row.problems.map((code) => (
                    <Lamp key={code} state="late">
                      {words(code, { name: row.name }).reason}
                    </Lamp>
                  ))}
                  {row.needsDepartment && row.problems.length === 0 ? (
                    <Lamp state="info">{t('transfers.departmentNeeded')}</Lamp>
                  ) : null}
                  {row.hints.map((hint) => (
                    <Lamp key={hint} state="warn">
                      {t(`transfers.hint.${hint}`)}
                    </Lamp>
                  ))}
                </td>
                <td>
                  <Button kind="quiet" onClick={() => props.onDrop(row.at)}>
                    {t('transfers.drop')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <footer className="tx-acts">
        <Button
          kind="primary"
          isBusy={props.isBusy}
          whyNot={wrong > 0 ? t('transfers.previewWrong', { count: wrong }) : undefined}
          onClick={props.onConfirm}
        >
          {t('transfers.confirmMany', { count: props.rows.length })}
        </Button>
      </footer>
    </section>
  )
}
