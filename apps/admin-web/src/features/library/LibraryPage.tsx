import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { ScreenProps } from '@tongxin/client/screen'
import {
  LIBRARY_KINDS,
  LIBRARY_STATES,
  type LibraryRow,
  SECRECY_GRADES,
  VALIDITIES,
} from '@tongxin/contract/library.words'
import { Button, EmptyState } from '@tongxin/ui'
import { LibraryBig, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter } from '../../shared/list/types.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { sizeOf } from '../../shared/upload/size-of.ts'
import { AddDialog } from './AddDialog.tsx'
import { ClassTree } from './ClassTree.tsx'
import { FoundList } from './FoundList.tsx'
import { documentsQuery, usageQuery } from './library.api.ts'
import { SearchBox } from './SearchBox.tsx'
import { Grade, useStanding } from './words.tsx'
import './library.css'

function useColumns(): Column<LibraryRow>[] {
  return [
    { key: 'title', textKey: 'library.documentTitle', render: (row) => row.title, isSortable: true },
    {
      key: 'documentNumber',
      textKey: 'library.documentNumber',
      render: (row) => row.documentNumber ?? '—',
      width: 150,
    },
    { key: 'secrecy', textKey: 'library.secrecy', render: (row) => <Grade secrecy={row.secrecy} />, width: 120 },
    { key: 'className', textKey: 'library.class', render: (row) => row.className, width: 130 },
    { key: 'orgName', textKey: 'library.unit', render: (row) => row.orgName, width: 180 },
    {
      key: 'effectiveOn',
      textKey: 'library.effectiveOn',
      render: (row) => row.effectiveOn ?? '—',
      isSortable: true,
      width: 120,
    },
    {
      key: 'bytes',
      textKey: 'library.size',
      render: (row) => sizeOf(row.bytes),
      isNumber: true,
      width: 90,
      isHiddenAtFirst: true,
    },
    {
      key: 'publishedAt',
      textKey: 'library.publishedOn',
      render: (row) => row.publishedAt.slice(0, 10),
      isSortable: true,
      width: 120,
    },
  ]
}

function useFilters(): Filter[] {
  const { t } = useTranslation()
  const choice = (key: string, label: string, values: readonly string[], words: string, isMore = false): Filter => ({
    key,
    label: t(label),
    kind: 'choice',
    isMore,
    options: values.map((value) => ({ value, label: t(`words.library.${words}.${value}`) })),
  })
  return [
    choice('kind', 'library.kind', LIBRARY_KINDS, 'kind'),
    choice('validity', 'library.validity', VALIDITIES, 'validity'),
    choice('state', 'library.state', LIBRARY_STATES, 'state'),
    choice('secrecy', 'library.secrecy', SECRECY_GRADES, 'secrecy', true),
    { key: 'published', label: t('library.publishedOn'), kind: 'dates', isMore: true },
    { key: 'orgId', label: t('library.unit'), kind: 'organisation' },
  ]
}

/** The library at the desk: classes at the left, search above, and what was found or is there. */
export function Page(props: ScreenProps) {
  const { search, setSearch } = props
  return (
    <div className="library">
      <ClassTree value={search.classId ?? ''} onChange={(classId) => setSearch({ classId, cursor: '' })} />
      <div className="library-main">
        <SearchBox
          key={search.text ?? ''}
          value={search.text ?? ''}
          onFind={(text) => setSearch({ text, cursor: '' })}
        />
        {search.text ? <FoundList search={search} onEnd={() => setSearch({ text: '' })} /> : <Documents {...props} />}
      </div>
    </div>
  )
}

function Documents({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('library.write')
  const standing = useStanding()
  const [isAdding, setAdding] = useState(false)
  const add = (
    <Button kind="primary" whyNot={whyNot} onClick={() => setAdding(true)}>
      <Plus aria-hidden="true" />
      {t('library.add')}
    </Button>
  )
  return (
    <>
      <ListPage
        title={t('library.title')}
        columns={useColumns()}
        rowKey={(row) => row.id}
        query={useQuery(documentsQuery(search))}
        search={search}
        setSearch={setSearch}
        filters={useFilters()}
        primary={add}
        lead={<Usage />}
        lamp={standing}
        drawer={(row) => ({ title: row.title, path: paths.library.one(row.id), body: <Glance row={row} /> })}
        empty={
          <EmptyState title={t('library.none')} icon={<LibraryBig aria-hidden="true" />} act={add}>
            {t('library.noneHint')}
          </EmptyState>
        }
      />
      {isAdding ? <AddDialog onClose={() => setAdding(false)} /> : null}
    </>
  )
}

function Glance({ row }: { row: LibraryRow }) {
  const { t } = useTranslation()
  return (
    <Facts
      facts={[
        { label: t('library.kind'), value: t(`words.library.kind.${row.kind}`) },
        { label: t('library.secrecy'), value: t(`words.library.secrecy.${row.secrecy}`) },
        { label: t('library.audience'), value: row.audienceName },
        { label: t('library.file'), value: `${row.fileName} · ${sizeOf(row.bytes)}` },
        { label: t('library.versions'), value: row.versionNumber },
        { label: t('library.tags'), value: row.tags.join('、') || '—' },
      ]}
    />
  )
}

/** How full the unit's own space is, in one line. */
function Usage() {
  const { t } = useTranslation()
  const { data } = useQuery(usageQuery())
  if (!data) return null
  return (
    <p className="hint">
      {t('library.usage', { used: sizeOf(data.bytes), most: sizeOf(data.mostBytes), documents: data.documents })}
    </p>
  )
}
