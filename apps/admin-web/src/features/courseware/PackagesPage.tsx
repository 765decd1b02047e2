import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import type { PackageRow } from '@tongxin/contract/courseware'
import { PACKAGE_KINDS } from '@tongxin/contract/courseware.words'
import { Button, dateOf, EmptyState } from '@tongxin/ui'
import { Package, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter } from '../../shared/list/types.ts'
import { useSavedFilters } from '../../shared/list/use-saved-filters.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { sizeOf } from '../../shared/upload/size-of.ts'
import { ALL_PACKAGES, PACKAGE_EVENTS, packagesQuery, standardOf } from './courseware.api.ts'
import { UploadDialog } from './UploadDialog.tsx'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(packagesQuery(search))

const columns: Column<PackageRow>[] = [
  { key: 'title', textKey: 'courseware.name', isSortable: true, render: (row) => row.title },
  { key: 'edition', textKey: 'courseware.standard', width: 170, render: (row) => standardOf(row) },
  { key: 'items', textKey: 'courseware.items', isNumber: true, width: 90, render: (row) => row.items },
  { key: 'number', textKey: 'courseware.number', isNumber: true, width: 90, render: (row) => row.number },
  { key: 'bytes', textKey: 'courseware.size', isNumber: true, width: 100, render: (row) => sizeOf(row.bytes) },
  { key: 'org', textKey: 'courseware.unit', render: (row) => row.orgName },
  {
    key: 'updatedAt',
    textKey: 'courseware.updatedAt',
    isSortable: true,
    width: 120,
    render: (row) => dateOf(row.updatedAt),
  },
]

function useFilters(): Filter[] {
  const { t } = useTranslation()
  const kinds = PACKAGE_KINDS.map((value) => ({ value, label: t(`words.courseware.kind.${value}`) }))
  const origin = (['own', 'above'] as const).map((value) => ({ value, label: t(`courseware.from.${value}`) }))
  return [
    { key: 'text', label: t('courseware.name'), kind: 'text' },
    { key: 'kind', label: t('courseware.standard'), kind: 'choice', options: kinds },
    { key: 'from', label: t('courseware.fromLabel'), kind: 'choice', options: origin },
    { key: 'orgId', label: t('courseware.unit'), kind: 'organisation', isMore: true },
    {
      key: 'removed',
      label: t('courseware.bin'),
      kind: 'choice',
      isMore: true,
      options: [{ value: 'true', label: t('courseware.bin') }],
    },
  ]
}

/** Packages of the scope, and what the units above have to use. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('learning.write')
  const [isAdding, setAdding] = useState(false)
  useLive(PACKAGE_EVENTS, ALL_PACKAGES)
  const add = (
    <Button kind="primary" whyNot={whyNot} icon={<Plus aria-hidden="true" />} onClick={() => setAdding(true)}>
      {t('courseware.import')}
    </Button>
  )
  return (
    <>
      <ListPage
        title={t('courseware.title')}
        columns={columns}
        rowKey={(row) => row.id}
        query={useQuery(packagesQuery(search))}
        search={search}
        setSearch={setSearch}
        filters={useFilters()}
        savedFilters={useSavedFilters('courseware')}
        primary={add}
        drawer={(row) => ({ title: row.title, path: paths.courseware.one(row.id), body: <Glance row={row} /> })}
        empty={
          <EmptyState title={t('courseware.none')} icon={<Package aria-hidden="true" />} act={add}>
            {t('courseware.noneHint')}
          </EmptyState>
        }
      />
      {isAdding ? <UploadDialog onClose={() => setAdding(false)} /> : null}
    </>
  )
}

function Glance({ row }: { row: PackageRow }) {
  const { t } = useTranslation()
  return (
    <Facts
      facts={[
        { label: t('courseware.standard'), value: standardOf(row) },
        { label: t('courseware.unit'), value: row.orgName },
        { label: t('courseware.items'), value: row.items },
        { label: t('courseware.files'), value: row.files },
        { label: t('courseware.size'), value: sizeOf(row.bytes) },
      ]}
    />
  )
}
