import { useQuery } from '@tanstack/react-query'
import { download } from '@tongxin/client/download'
import type { ScreenProps } from '@tongxin/client/screen'
import { chosenLanguage } from '@tongxin/client/texts'
import { type AuditRow, exportAudit } from '@tongxin/contract/audit'
import { inShanghai, sentenceOf } from '@tongxin/contract/audit.sentence'
import { Button, EmptyState } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter } from '../../shared/list/types.ts'
import { auditQuery, filterOf, retentionQuery } from './audit.api.ts'
import { EventFacts } from './EventFacts.tsx'
import { AUDITED_MODULES, useEventWords } from './event-words.ts'

const columns: Column<AuditRow>[] = [
  { key: 'at', textKey: 'audit.time', render: (row) => inShanghai(row.at), width: 150 },
  { key: 'actor', textKey: 'audit.who', render: (row) => <Actor row={row} />, width: 120 },
  { key: 'event', textKey: 'audit.what', render: (row) => <Sentence row={row} /> },
  { key: 'person', textKey: 'audit.whom', render: (row) => row.personName ?? '', width: 120 },
  { key: 'org', textKey: 'audit.organisation', render: (row) => <Organisation row={row} />, width: 200 },
  { key: 'reason', textKey: 'audit.why', render: (row) => row.reason ?? '', width: 200 },
]

/** Who did what, when, to whom and why; each look at it is written into it. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const filters = useFilters()
  return (
    <ListPage
      title={t('audit.title')}
      columns={columns}
      rowKey={(row) => row.id}
      query={useQuery(auditQuery(search))}
      search={search}
      setSearch={setSearch}
      filters={filters}
      lead={<Lead search={search} setSearch={setSearch} />}
      empty={<EmptyState title={t('audit.none')} />}
      onExport={async ({ format, purpose }) => {
        await download(exportAudit, { body: { filter: filterOf(search), format, purpose, language: chosenLanguage() } })
      }}
      drawer={(row) => ({ title: <Sentence row={row} />, body: <EventFacts row={row} setSearch={setSearch} /> })}
    />
  )
}

function useFilters(): readonly Filter[] {
  const { t } = useTranslation()
  const modules = AUDITED_MODULES.map((value) => ({ value, label: t(`audit.modules.${value}`, value) }))
  const doers = ['people', 'system'].map((value) => ({ value, label: t(`audit.doers.${value}`) }))
  return [
    { key: 'text', label: t('audit.text'), kind: 'text' },
    { key: 'actor', label: t('audit.who'), kind: 'text' },
    { key: 'person', label: t('audit.whom'), kind: 'text' },
    { key: 'by', label: t('audit.by'), kind: 'choice', options: doers },
    { key: 'module', label: t('audit.module'), kind: 'choice', options: modules },
    { key: 'at', label: t('audit.period'), kind: 'dates' },
    { key: 'orgId', label: t('audit.organisation'), kind: 'organisation' },
  ]
}

/** What a reader of the audit must know, and the way back from one person or object to all. */
function Lead({ search, setSearch }: Pick<ScreenProps, 'search' | 'setSearch'>) {
  const { t } = useTranslation()
  const { data } = useQuery(retentionQuery)
  const isNarrowed = Boolean(search.actorId || search.personId || search.subjectId)
  return (
    <>
      {data ? <p className="hint">{t('audit.note', { months: data.months, oldest: data.oldestOn ?? '—' })}</p> : null}
      {isNarrowed ? (
        <p>
          {t('audit.narrowed')}{' '}
          <Button onClick={() => setSearch({ actorId: '', personId: '', subjectId: '', cursor: '' })}>
            {t('audit.showAll')}
          </Button>
        </p>
      ) : null}
    </>
  )
}

function Sentence({ row }: { row: AuditRow }) {
  return sentenceOf(row, useEventWords())
}

function Actor({ row }: { row: AuditRow }) {
  const { t } = useTranslation()
  return row.actorId === null ? <span className="hint">{t('audit.system')}</span> : (row.actorName ?? row.actorId)
}

function Organisation({ row }: { row: AuditRow }) {
  const { t } = useTranslation()
  return row.orgName ?? <span className="hint">{t('audit.moved')}</span>
}
