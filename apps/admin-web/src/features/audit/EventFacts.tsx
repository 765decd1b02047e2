import type { ScreenProps } from '@tongxin/client/screen'
import type { AuditRow } from '@tongxin/contract/audit'
import { inShanghai } from '@tongxin/contract/audit.sentence'
import { Button } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { PackDialog } from './PackDialog.tsx'

/** One event whole, with the ways to what belongs to it. */
export function EventFacts({ row, setSearch }: { row: AuditRow; setSearch: ScreenProps['setSearch'] }) {
  const { t } = useTranslation()
  const [isPacking, setPacking] = useState(false)
  const only = (narrowing: Readonly<Record<string, string>>) =>
    setSearch({ actorId: '', personId: '', subjectId: '', open: '', cursor: '', ...narrowing })
  return (
    <>
      <Facts
        facts={[
          { label: t('audit.who'), value: row.actorName ?? row.actorId ?? t('audit.system') },
          { label: t('audit.exact'), value: inShanghai(row.at) },
          { label: t('audit.whom'), value: row.personName ?? row.personId ?? '—' },
          { label: t('audit.organisation'), value: row.orgName ?? t('audit.moved') },
          { label: t('audit.why'), value: row.reason ?? '—' },
          { label: t('audit.type'), value: <code>{row.type}</code> },
          { label: t('audit.subject'), value: <code>{`${row.subjectKind} ${row.subjectId ?? ''}`}</code> },
          { label: t('audit.request'), value: <code>{row.requestId ?? '—'}</code> },
        ]}
      />
      <h3>{t('audit.details')}</h3>
      <pre className="audit-payload">{JSON.stringify(row.payload, null, 2)}</pre>
      <div className="page-acts">
        {row.actorId ? (
          <Button onClick={() => only({ actorId: row.actorId ?? '' })}>{t('audit.onlyActor')}</Button>
        ) : null}
        {row.personId ? (
          <Button onClick={() => only({ personId: row.personId ?? '' })}>{t('audit.onlyPerson')}</Button>
        ) : null}
        {row.subjectId ? (
          <Button onClick={() => only({ subjectId: row.subjectId ?? '' })}>{t('audit.onlySubject')}</Button>
        ) : null}
        {row.actorId ? (
          <Button kind="primary" onClick={() => setPacking(true)}>
            {t('audit.pack')}
          </Button>
        ) : null}
      </div>
      {isPacking && row.actorId ? (
        <PackDialog
          personId={row.actorId}
          name={row.actorName ?? row.actorId}
          since={inShanghai(row.at).slice(0, 10)}
          onClose={() => setPacking(false)}
        />
      ) : null}
    </>
  )
}
