import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import { download } from '@tongxin/client/download'
import type { LoaderInput, ScreenProps, Search } from '@tongxin/client/screen'
import { type ArticleFilter, exportArticles } from '@tongxin/contract/publishing'
import { type ArticleRow, STANDINGS } from '@tongxin/contract/publishing.words'
import { COLUMN_KINDS } from '@tongxin/domain/publishing/stages'
import { Button, dateOf, EmptyState } from '@tongxin/ui'
import { FilePen, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter } from '../../shared/list/types.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { NewArticleDialog } from './NewArticleDialog.tsx'
import { articlesQuery } from './publishing.api.ts'
import { useOptions, useStanding } from './words.tsx'
import './publishing.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(articlesQuery(search))

function useColumns(): Column<ArticleRow>[] {
  const { t } = useTranslation()
  return [
    {
      key: 'title',
      textKey: 'publishing.articleTitle',
      render: (row) => (row.isPinned ? `${t('publishing.pinned')} · ${row.title}` : row.title),
    },
    { key: 'columnName', textKey: 'publishing.column', render: (row) => row.columnName, width: 140 },
    { key: 'orgName', textKey: 'publishing.unit', render: (row) => row.orgName, width: 180 },
    { key: 'editor', textKey: 'publishing.editor', render: (row) => row.editor ?? '—', width: 110 },
    {
      key: 'releasedAt',
      textKey: 'publishing.releasedAt',
      render: (row) => (row.releasedAt ? dateOf(row.releasedAt) : '—'),
      isSortable: true,
      width: 130,
    },
    {
      key: 'updatedAt',
      textKey: 'publishing.updatedAt',
      render: (row) => dateOf(row.updatedAt),
      isSortable: true,
      width: 130,
    },
    { key: 'reads', textKey: 'publishing.reads', render: (row) => row.reads, isNumber: true, width: 90 },
  ]
}

function useFilters(): Filter[] {
  const { t } = useTranslation()
  const optionsOf = useOptions()
  return [
    { key: 'text', label: t('publishing.articleTitle'), kind: 'text' },
    { key: 'standing', label: t('publishing.standing'), kind: 'choice', options: optionsOf(STANDINGS, 'standing') },
    { key: 'kind', label: t('publishing.kind'), kind: 'choice', options: optionsOf(COLUMN_KINDS, 'columnKind') },
    { key: 'orgId', label: t('publishing.unit'), kind: 'organisation' },
    {
      key: 'broken',
      label: t('publishing.links'),
      kind: 'choice',
      options: [{ value: 'true', label: t('publishing.onlyBroken') }],
      isMore: true,
    },
  ]
}

const FILTERS = ['columnId', 'kind', 'standing', 'orgId', 'text'] as const
function filterOf(search: Search): ArticleFilter {
  const given = FILTERS.map((key) => [key, search[key]]).filter(([, value]) => value)
  return {
    ...Object.fromEntries(given),
    ...(search.broken === 'true' ? { broken: true } : {}),
    ...(search.orgId ? { below: search.below === 'true' } : {}),
  }
}

/** Articles, whatever they stand at. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t, i18n } = useTranslation()
  const { whyNot } = useCan()('publishing.write')
  const [isWriting, setWriting] = useState(false)
  const lamp = useStanding()
  const write = (
    <Button kind="primary" whyNot={whyNot} onClick={() => setWriting(true)}>
      <Plus aria-hidden="true" />
      {t('publishing.write')}
    </Button>
  )
  return (
    <>
      <ListPage
        title={t('publishing.title')}
        columns={useColumns()}
        rowKey={(row) => row.id}
        query={useQuery(articlesQuery(search))}
        search={search}
        setSearch={setSearch}
        filters={useFilters()}
        primary={write}
        lamp={lamp}
        onExport={({ format, purpose }) =>
          download(exportArticles, {
            body: {
              filter: filterOf(search),
              format,
              ...(purpose.trim() === '' ? {} : { purpose }),
              language: i18n.language === 'en' ? 'en' : 'zh-CN',
            },
          })
        }
        drawer={(row) => ({ title: row.title, path: paths.publishing.one(row.id), body: <Glance article={row} /> })}
        empty={
          <EmptyState title={t('publishing.none')} icon={<FilePen aria-hidden="true" />} act={write}>
            {t('publishing.noneHint')}
          </EmptyState>
        }
      />
      {isWriting ? <NewArticleDialog onClose={() => setWriting(false)} /> : null}
    </>
  )
}

function Glance({ article }: { article: ArticleRow }) {
  const { t } = useTranslation()
  const standing = useStanding()(article)
  const facts = [
    { label: t('publishing.standing'), value: standing.word },
    { label: t('publishing.column'), value: article.columnName },
    { label: t('publishing.unit'), value: article.orgName },
    { label: t('publishing.editor'), value: article.editor ?? '—' },
    { label: t('publishing.releasedAt'), value: article.releasedAt ? dateOf(article.releasedAt) : '—' },
    { label: t('publishing.reads'), value: article.reads },
  ]
  return <Facts facts={facts} />
}
