import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import type { MediaRow } from '@tongxin/contract/media'
import { MEDIA_KINDS, MEDIA_STATES } from '@tongxin/contract/media.words'
import { Button, dateOf, EmptyState } from '@tongxin/ui'
import { Clapperboard, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter } from '../../shared/list/types.ts'
import { useSavedFilters } from '../../shared/list/use-saved-filters.ts'
import { sizeOf } from '../../shared/upload/size-of.ts'
import { AddDialog } from './AddDialog.tsx'
import { MediaGlance } from './MediaGlance.tsx'
import { ALL_MEDIA, MEDIA_EVENTS, mediaQuery, saveExport } from './media.api.ts'
import { lampOf } from './media.format.ts'
import './media.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(mediaQuery(search))

function useColumns(): Column<MediaRow>[] {
  const { t } = useTranslation()
  return [
    { key: 'title', textKey: 'media.name', isSortable: true, render: (row) => row.title },
    { key: 'kind', textKey: 'media.kindLabel', width: 80, render: (row) => t(`words.media.kind.${row.kind}`) },
    {
      key: 'duration',
      textKey: 'media.minutes',
      isSortable: true,
      isNumber: true,
      width: 90,
      render: (row) => row.minutes ?? '—',
    },
    {
      key: 'bytes',
      textKey: 'media.size',
      isNumber: true,
      width: 100,
      render: (row) => (row.bytes === null ? '—' : sizeOf(row.bytes)),
    },
    {
      key: 'captions',
      textKey: 'media.captions',
      width: 80,
      render: (row) => t(`words.media.yesNo.${row.hasCaptions ? 'yes' : 'no'}`),
    },
    { key: 'uses', textKey: 'media.uses', isNumber: true, width: 80, render: (row) => row.uses },
    { key: 'org', textKey: 'media.unit', render: (row) => row.orgName },
    { key: 'source', textKey: 'media.source', isHiddenAtFirst: true, render: (row) => row.source },
    {
      key: 'updatedAt',
      textKey: 'media.updatedAt',
      isSortable: true,
      width: 120,
      render: (row) => dateOf(row.updatedAt),
    },
  ]
}

function useFilters(): Filter[] {
  const { t } = useTranslation()
  const options = (group: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`words.media.${group}.${value}`) }))
  const yesNo = [
    { value: 'true', label: t('words.media.yesNo.yes') },
    { value: 'false', label: t('words.media.yesNo.no') },
  ]
  const origin = (['own', 'above'] as const).map((value) => ({ value, label: t(`media.from.${value}`) }))
  return [
    { key: 'text', label: t('media.keyword'), kind: 'text' },
    { key: 'kind', label: t('media.kindLabel'), kind: 'choice', options: options('kind', MEDIA_KINDS) },
    { key: 'state', label: t('media.stateLabel'), kind: 'choice', options: options('state', MEDIA_STATES) },
    { key: 'from', label: t('media.fromLabel'), kind: 'choice', isMore: true, options: origin },
    { key: 'captions', label: t('media.captions'), kind: 'choice', isMore: true, options: yesNo },
    { key: 'orgId', label: t('media.unit'), kind: 'organisation', isMore: true },
    {
      key: 'waiting',
      label: t('media.waitingLabel'),
      kind: 'choice',
      isMore: true,
      options: [{ value: 'true', label: t('media.onlyWaiting') }],
    },
    {
      key: 'removed',
      label: t('media.bin'),
      kind: 'choice',
      isMore: true,
      options: [{ value: 'true', label: t('media.onlyRemoved') }],
    },
  ]
}

/** All videos and sound of the scope, and what the units above have to use. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t, i18n } = useTranslation()
  const { whyNot } = useCan()('learning.write')
  const [isAdding, setAdding] = useState(false)
  useLive(MEDIA_EVENTS, ALL_MEDIA)
  const stateWord = (row: MediaRow) => {
    const word = t(`words.media.state.${row.state}`)
    return row.percent === null ? word : `${word} ${row.percent}%`
  }
  const add = (
    <Button kind="primary" whyNot={whyNot} icon={<Plus aria-hidden="true" />} onClick={() => setAdding(true)}>
      {t('media.add')}
    </Button>
  )
  return (
    <>
      <ListPage
        title={t('media.title')}
        columns={useColumns()}
        rowKey={(row) => row.id}
        query={useQuery(mediaQuery(search))}
        search={search}
        setSearch={setSearch}
        filters={useFilters()}
        savedFilters={useSavedFilters('media')}
        primary={add}
        lamp={(row) =>
          row.waiting > 0
            ? { state: 'warn', word: t('media.onlyWaiting') }
            : { state: lampOf(row), word: stateWord(row) }
        }
        drawer={(row) => ({ title: row.title, path: paths.media.one(row.id), body: <MediaGlance row={row} /> })}
        onExport={({ format, purpose }) => saveExport(search, format, purpose, i18n.language)}
        empty={
          <EmptyState title={t('media.none')} icon={<Clapperboard aria-hidden="true" />} act={add}>
            {t('media.noneHint')}
          </EmptyState>
        }
      />
      {isAdding ? <AddDialog onClose={() => setAdding(false)} /> : null}
    </>
  )
}
