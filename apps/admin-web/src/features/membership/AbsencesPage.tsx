import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import { download } from '@tongxin/client/download'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { type AbsenceRow, exportAbsences } from '@tongxin/contract/membership'
import { ABSENCE_KINDS, type MembershipFile } from '@tongxin/contract/membership.words'
import { Button, EmptyState, Lamp } from '@tongxin/ui'
import { MapPinned, Plus, Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter } from '../../shared/list/types.ts'
import { useSavedFilters } from '../../shared/list/use-saved-filters.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { absencesQuery } from './membership.api.ts'
import { ReportDialog } from './ReportDialog.tsx'
import { ContactLamp, useAbsenceFacts } from './words.tsx'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(absencesQuery(search))

function useColumns(): Column<AbsenceRow>[] {
  const { t } = useTranslation()
  return [
    { key: 'name', textKey: 'membership.person', render: (row) => row.name, isSortable: true, width: 110 },
    {
      key: 'kind',
      textKey: 'membership.kind',
      render: (row) => t(`words.membership.absenceKind.${row.kind}`),
      width: 120,
    },
    { key: 'org', textKey: 'membership.branch', render: (row) => row.orgName },
    { key: 'place', textKey: 'membership.where', render: (row) => row.toOrgName ?? row.facts.place ?? '' },
    { key: 'startedOn', textKey: 'membership.startedOn', render: (row) => row.startedOn, isSortable: true, width: 120 },
    {
      key: 'contactDueOn',
      textKey: 'membership.contact',
      render: (row) => <ContactLamp row={row} />,
      isSortable: true,
      width: 210,
    },
  ]
}

function useFilters(): Filter[] {
  const { t } = useTranslation()
  return [
    { key: 'text', label: t('membership.person'), kind: 'text' },
    {
      key: 'kind',
      label: t('membership.kind'),
      kind: 'choice',
      options: ABSENCE_KINDS.map((value) => ({ value, label: t(`words.membership.absenceKind.${value}`) })),
    },
    {
      key: 'state',
      label: t('membership.stateLabel'),
      kind: 'choice',
      options: (['open', 'ended'] as const).map((value) => ({ value, label: t(`membership.absenceState.${value}`) })),
    },
    {
      key: 'overdue',
      label: t('membership.contact'),
      kind: 'choice',
      options: [{ value: 'true', label: t('membership.overdueOnly') }],
    },
    { key: 'orgId', label: t('membership.branch'), kind: 'organisation', isMore: true },
  ]
}

/** Members who are floating, lost or abroad, and guests of other branches. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t, i18n } = useTranslation()
  const { whyNot } = useCan()('membership.write')
  const [isAdding, setAdding] = useState(search.memberId !== undefined && search.memberId !== '')
  const taken = (format: MembershipFile) => {
    const { orgId, kind, state, overdue, text } = search
    const filter = { orgId, kind, state, text, ...(overdue ? { overdue: true } : {}) }
    const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value))
    const language = i18n.language === 'en' ? 'en' : 'zh-CN'
    return download(exportAbsences, { body: { filter: given as never, format, language } })
  }
  const add = (
    <Button kind="primary" whyNot={whyNot} onClick={() => setAdding(true)}>
      <Plus aria-hidden="true" />
      {t('membership.report')}
    </Button>
  )
  return (
    <>
      <ListPage
        title={t('membership.absences')}
        columns={useColumns()}
        rowKey={(row) => row.id}
        query={useQuery(absencesQuery(search))}
        search={search}
        setSearch={setSearch}
        filters={useFilters()}
        savedFilters={useSavedFilters('membership.absences')}
        primary={
          <>
            <Button onClick={() => void taken('pdf')}>
              <Printer aria-hidden="true" />
              {t('membership.printRegister')}
            </Button>
            {add}
          </>
        }
        drawer={(row) => ({ title: row.name, path: paths.membership.absence(row.id), body: <Glance row={row} /> })}
        onExport={({ format }) => taken(format)}
        empty={
          <EmptyState title={t('membership.noAbsences')} icon={<MapPinned aria-hidden="true" />} act={add}>
            {t('membership.noAbsencesHint')}
          </EmptyState>
        }
      />
      {isAdding ? <ReportDialog memberId={search.memberId ?? ''} onClose={() => setAdding(false)} /> : null}
    </>
  )
}

function Glance({ row }: { row: AbsenceRow }) {
  const { t } = useTranslation()
  const facts = useAbsenceFacts()(row)
  return (
    <>
      {row.side === 'host' ? <Lamp state="info">{t('membership.guestHere')}</Lamp> : null}
      <Facts facts={facts} />
    </>
  )
}
