import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import type { LackingRow } from '@tongxin/contract/members.papers'
import { MEMBER_CATEGORIES } from '@tongxin/domain/identity/member-category'
import { DOSSIER_DOCUMENTS } from '@tongxin/domain/members/dossier'
import { Button, EmptyState } from '@tongxin/ui'
import { FolderCheck, Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../../paths.ts'
import { ListPage } from '../../../shared/list/ListPage.tsx'
import type { Column, Filter } from '../../../shared/list/types.ts'
import { useSavedFilters } from '../../../shared/list/use-saved-filters.ts'
import { Facts } from '../../../shared/pages/RecordPage.tsx'
import { PrintDialog } from '../PrintDialog.tsx'
import { useMemberWords } from '../use-member-words.ts'
import { QualityViews } from './QualityViews.tsx'
import { ALL_QUALITY, lackingQuery, PAPER_EVENTS, saveLacking } from './quality.api.ts'
import '../members.css'
import './quality.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(lackingQuery(search))

function useColumns(): Column<LackingRow>[] {
  const { word } = useMemberWords()
  return [
    { key: 'name', textKey: 'words.members.columns.name', render: (row) => row.name, isSortable: true, width: 120 },
    { key: 'memberNo', textKey: 'words.members.columns.memberNo', render: (row) => row.memberNo, width: 140 },
    {
      key: 'category',
      textKey: 'words.members.columns.category',
      render: (row) => word('category', row.category),
      width: 120,
    },
    { key: 'orgName', textKey: 'words.members.columns.orgName', render: (row) => row.orgName },
    { key: 'place', textKey: 'words.members.columns.place', render: (row) => row.place || '—', width: 170 },
    { key: 'missing', textKey: 'words.members.columns.missing', render: (row) => <Papers row={row} /> },
  ]
}

function Papers({ row }: { row: LackingRow }) {
  const { t } = useTranslation()
  const { word } = useMemberWords()
  const names = row.missing.map((paper) => word('dossierDocument', paper)).join(t('quality.between'))
  return <span title={names}>{t('quality.lacks', { count: row.missing.length, names })}</span>
}

function useFilters(): Filter[] {
  const { t } = useTranslation()
  const { word } = useMemberWords()
  return [
    { key: 'orgId', label: t('quality.org'), kind: 'organisation' },
    {
      key: 'category',
      label: t('words.members.columns.category'),
      kind: 'choice',
      options: MEMBER_CATEGORIES.filter((value) => value !== 'public').map((value) => ({
        value,
        label: word('category', value),
      })),
    },
    {
      key: 'document',
      label: t('words.members.columns.missing'),
      kind: 'choice',
      options: DOSSIER_DOCUMENTS.map((value) => ({ value, label: word('dossierDocument', value) })),
    },
  ]
}

/** Whose folder lacks what: branch by branch, as a list to be worked off, exported and printed. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t, i18n } = useTranslation()
  const { whyNot } = useCan()('members.export')
  const [isPrinting, setPrinting] = useState(false)
  useLive(PAPER_EVENTS, ALL_QUALITY)
  return (
    <>
      <ListPage
        title={t('quality.view.papers')}
        columns={useColumns()}
        rowKey={(row) => row.id}
        query={useQuery(lackingQuery(search))}
        search={search}
        setSearch={setSearch}
        filters={useFilters()}
        savedFilters={useSavedFilters('members.papers')}
        lead={
          <>
            <QualityViews now="papers" />
            <p className="hint">{t('quality.papersHint')}</p>
          </>
        }
        drawer={(row) => ({ title: row.name, path: paths.members.one(row.id), body: <Glance row={row} /> })}
        onExport={({ format, purpose }) => saveLacking(search, { format, purpose }, i18n.language)}
        exportWhyNot={whyNot}
        primary={
          <Button icon={<Printer size="1.1em" aria-hidden="true" />} whyNot={whyNot} onClick={() => setPrinting(true)}>
            {t('quality.printPapers')}
          </Button>
        }
        empty={
          <EmptyState title={t('quality.noPapers')} icon={<FolderCheck aria-hidden="true" />}>
            {t('quality.noPapersHint')}
          </EmptyState>
        }
      />
      {isPrinting ? (
        <PrintDialog
          title={t('quality.printPapers')}
          onPrint={(purpose) => saveLacking(search, { format: 'pdf', purpose }, i18n.language)}
          onClose={() => setPrinting(false)}
        />
      ) : null}
    </>
  )
}

function Glance({ row }: { row: LackingRow }) {
  const { t } = useTranslation()
  const { word } = useMemberWords()
  return (
    <Facts
      facts={[
        { label: t('words.members.columns.category'), value: word('category', row.category) },
        { label: t('words.members.columns.orgName'), value: row.orgName },
        { label: t('words.members.columns.place'), value: row.place || '—' },
        { label: t('words.members.columns.missing'), value: <Papers row={row} /> },
      ]}
    />
  )
}
